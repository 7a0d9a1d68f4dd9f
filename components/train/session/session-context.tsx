'use client';

import { createContext, type ReactNode, useContext } from 'react';
import { useStore } from 'zustand';
import type { TrainActions, TrainSession } from '@/components/train/session/create-train-session';
import type { TrainState } from '@/components/train/session/train-state';
import { present } from '@/lib/core/assert';

const SessionContext = createContext<TrainSession | null>(null);

export function TrainSessionProvider({
  session,
  children,
}: {
  readonly session: TrainSession;
  readonly children: ReactNode;
}) {
  return <SessionContext value={session}>{children}</SessionContext>;
}

/** A part of the page's state; the component renders again when that part is another one. */
export function useTrain<T>(select: (state: TrainState) => T): T {
  return useStore(useTrainSession().store, select);
}

export function useTrainActions(): TrainActions {
  return useTrainSession().actions;
}

export function useTrainSession(): TrainSession {
  return present(useContext(SessionContext), 'The session of the training page');
}
