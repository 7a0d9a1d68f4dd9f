'use client';

import { createContext, type ReactNode, useContext } from 'react';
import { useStore } from 'zustand';
import type { TestActions, TestSession } from '@/components/test/session/create-test-session';
import type { TestState } from '@/components/test/session/test-state';
import { present } from '@/lib/core/assert';

const SessionContext = createContext<TestSession | null>(null);

export function SessionProvider({
  session,
  children,
}: {
  readonly session: TestSession;
  readonly children: ReactNode;
}) {
  return <SessionContext value={session}>{children}</SessionContext>;
}

/** A part of the page's state; the component renders again when that part is another one. */
export function useTest<T>(select: (state: TestState) => T): T {
  return useStore(useSession().store, select);
}

export function useTestActions(): TestActions {
  return useSession().actions;
}

export function useSession(): TestSession {
  return present(useContext(SessionContext), 'The session of the test page');
}
