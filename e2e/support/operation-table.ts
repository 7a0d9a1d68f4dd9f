import type { ErrorCode } from '@/lib/core/errors';
import type { ApiReply } from './api';

/** How an operation is called once with success and once without, and by which code it then refuses. */
export type OperationCalls = {
  readonly success: () => Promise<ApiReply>;
  /** Null: the operation takes nothing that could be wrong. */
  readonly refusal: { readonly code: ErrorCode; readonly call: () => Promise<ApiReply> } | null;
};

/** By the operation's id. */
export type OperationTable = Readonly<Record<string, OperationCalls>>;

/** A call that is to be refused by this code. */
export function refused(code: ErrorCode, call: () => Promise<ApiReply>): OperationCalls['refusal'] {
  return { code, call };
}
