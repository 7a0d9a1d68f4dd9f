import type { Logger } from 'pino';
import { DomainError } from '@/lib/core/errors';
import { platformKeyPattern } from '@/lib/core/platform-key';
import { findSessionHolder } from '@/lib/domain/accounts/find-session-holder';
import { findKeyHolder } from '@/lib/domain/api-keys/find-key-holder';
import type { Context, Plan, Services } from '@/lib/domain/context';
import type { Operation } from '@/lib/http/operation';
import { requireSameOrigin } from '@/lib/http/same-origin';
import { readSessionId } from '@/lib/http/session-cookie';

/** Who a request comes from. */
export type Caller =
  | {
      readonly kind: 'key';
      /** Of the key. */
      readonly id: string;
      readonly userId: string;
      readonly workspaceId: string;
      readonly plan: Plan;
      readonly scopes: readonly string[];
    }
  | {
      readonly kind: 'session';
      /** Of the session. */
      readonly id: string;
      readonly userId: string;
      readonly workspaceId: string;
      readonly plan: Plan;
      readonly isAdmin: boolean;
    }
  | { readonly kind: 'anonymous' };

/**
 * Finds out who calls. A key wins over a session, and a bad key is refused even where a session would do. Throws
 * `UNAUTHORIZED` or `FORBIDDEN` when the operation asks for more than the caller is.
 */
export async function identifyCaller(shared: Services, operation: Operation, request: Request): Promise<Caller> {
  if (operation.access === 'public') return { kind: 'anonymous' };
  const key = givenKey(request);
  if (key !== null) {
    if (operation.access === 'session' || operation.access === 'admin') {
      throw new DomainError('FORBIDDEN', 'API keys may not do this. Sign in and do it in the browser.');
    }
    return keyCaller(shared, key);
  }
  const sessionId = await readSessionId(shared, request);
  const holder = sessionId === null ? null : await findSessionHolder(shared, sessionId);
  if (holder === null) {
    if (operation.access === 'optional') return { kind: 'anonymous' };
    throw new DomainError(
      'UNAUTHORIZED',
      'Invalid or missing API key. Send it as “Authorization: Bearer ul_…”, or sign in.',
    );
  }
  requireSameOrigin(request, shared.origin);
  if (operation.access === 'admin' && !holder.isAdmin) {
    throw new DomainError('FORBIDDEN', 'Only an administrator of this server may do that.');
  }
  return { kind: 'session', id: holder.sessionId, ...holder };
}

/** The context of a caller. Nobody known has no workspace: verbs of public operations do not ask for it. */
export function callerContext(shared: Services, caller: Caller, requestId: string, log: Logger): Context {
  const base = { ...shared, log, requestId };
  switch (caller.kind) {
    case 'anonymous':
      return { ...base, actor: { kind: 'system' }, workspaceId: '', plan: 'free' };
    case 'key': {
      const { id, userId, scopes, workspaceId, plan } = caller;
      return { ...base, actor: { kind: 'key', userId, apiKeyId: id, scopes }, workspaceId, plan };
    }
    case 'session': {
      const { id, userId, workspaceId, plan } = caller;
      return { ...base, actor: { kind: 'session', userId, sessionId: id }, workspaceId, plan };
    }
  }
}

function givenKey(request: Request): string | null {
  const header = request.headers.get('authorization');
  if (header !== null) {
    const [scheme = '', token = ''] = header.trim().split(/\s+/, 2);
    if (scheme.toLowerCase() === 'bearer') return token;
    throw new DomainError('UNAUTHORIZED', 'Expected “Authorization: Bearer ul_…”, found another scheme.');
  }
  return request.headers.get('x-api-key');
}

async function keyCaller(shared: Services, key: string): Promise<Caller> {
  if (!platformKeyPattern.test(key)) {
    throw new DomainError('UNAUTHORIZED', 'This is no API key: expected ul_ followed by 40 hexadecimal digits.');
  }
  const holder = await findKeyHolder(shared, key);
  if (holder === null)
    throw new DomainError('UNAUTHORIZED', 'This API key is unknown, revoked or expired. Create another one.');
  return { kind: 'key', ...holder };
}
