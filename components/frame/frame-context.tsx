'use client';

import { createContext, type ReactNode, useContext } from 'react';

/** Who is signed in, as far as the frame shows it. */
export type FrameSession = {
  readonly displayName: string;
  readonly email: string;
  readonly username: string;
  readonly isAdmin: boolean;
};

const Frame = createContext<FrameSession | null>(null);

type FrameProviderProps = { readonly session: FrameSession | null; readonly children: ReactNode };

/** Tells every part of the page who looks at it. */
export function FrameProvider({ session, children }: FrameProviderProps) {
  return <Frame value={session}>{children}</Frame>;
}

/** Who looks at the page, or null when nobody is signed in. */
export function useFrameSession(): FrameSession | null {
  return useContext(Frame);
}
