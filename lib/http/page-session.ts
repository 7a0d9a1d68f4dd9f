import { headers } from 'next/headers';
import { redirect, unstable_rethrow } from 'next/navigation';
import { cache } from 'react';
import { services } from '@/lib/composition';
import { newId } from '@/lib/core/ids';
import { signInPath } from '@/lib/core/sign-in-path';
import { findSessionHolder } from '@/lib/domain/accounts/find-session-holder';
import { getAccount } from '@/lib/domain/accounts/get-account';
import type { Context, Plan } from '@/lib/domain/context';
import { callerContext } from '@/lib/http/authenticate';
import { readSessionId, sessionCookieNames } from '@/lib/http/session-cookie';

/** Who looks at a page. */
export type PageSession = {
  readonly sessionId: string;
  readonly user: { readonly id: string; readonly displayName: string; readonly email: string };
  /** The slug is the user name. */
  readonly workspace: { readonly id: string; readonly slug: string };
  readonly plan: Plan;
  readonly isAdmin: boolean;
};

type SignedIn = { readonly session: PageSession; readonly context: Context };

/**
 * Who looks at this page, or null when nobody is signed in. Asked once per request however many components want to know. A
 * visitor without a session cookie costs no query, so that what works without an account also works without the database.
 */
export async function currentSession(): Promise<PageSession | null> {
  return (await signedIn())?.session ?? null;
}

/**
 * As `currentSession`, for the frame around every page: where the database cannot be asked it is drawn as for a visitor, so that
 * what needs no account goes on working. Pages that need to know ask themselves, and fail where that is told.
 */
export async function frameSession(): Promise<PageSession | null> {
  try {
    return await currentSession();
  } catch (error) {
    unstable_rethrow(error);
    const shared = await services().catch(() => null);
    shared?.log.warn({ err: error }, 'who looks at the page could not be asked');
    return null;
  }
}

/** As `currentSession`, but sends visitors to the sign-in page, from where they come back to this one. */
export async function requireSession(): Promise<PageSession> {
  return (await requireSignedIn()).session;
}

/** The context in which a page calls its read verbs. Sends visitors without a session to the sign-in page. */
export async function pageContext(): Promise<Context> {
  return (await requireSignedIn()).context;
}

async function requireSignedIn(): Promise<SignedIn> {
  const found = await signedIn();
  if (found !== null) return found;
  // proxy.ts writes the path of every document and of every navigation within the application.
  return redirect(signInPath((await headers()).get('x-page-path')));
}

const signedIn = cache(async (): Promise<SignedIn | null> => {
  const sent = await headers();
  const cookies = sent.get('cookie') ?? '';
  if (!Object.values(sessionCookieNames).some((name) => cookies.includes(name))) return null;
  const shared = await services();
  const sessionId = await readSessionId(shared, { headers: sent });
  const holder = sessionId === null ? null : await findSessionHolder(shared, sessionId);
  if (holder === null) return null;
  const requestId = newId('request');
  const caller = { kind: 'session', id: holder.sessionId, ...holder } as const;
  const context = callerContext(shared, caller, requestId, shared.log.child({ requestId }));
  const { displayName, email, username } = await getAccount(context);
  return {
    context,
    session: {
      sessionId: holder.sessionId,
      user: { id: holder.userId, displayName, email },
      workspace: { id: holder.workspaceId, slug: username },
      plan: holder.plan,
      isAdmin: holder.isAdmin,
    },
  };
});
