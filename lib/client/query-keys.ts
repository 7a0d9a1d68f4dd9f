import { type CallArguments, type CallResult, callApi } from '@/lib/client/call-api';
import type { Operation } from '@/lib/http/operation';

/** The key of every cached read of a tag, for `invalidateQueries` after a change. */
export function tagKey(tag: string): readonly [string] {
  return [tag];
}

/** Options for `useQuery`: the key says tag, operation and input, so that a changed input is another read. */
export function apiQuery<const O extends Operation>(operation: O, ...[input]: CallArguments<O>) {
  const { params, query }: { params?: unknown; query?: unknown } = input ?? {};
  return {
    queryKey: [operation.tag, operation.id, params ?? null, query ?? null] as const,
    queryFn: ({ signal }: { signal: AbortSignal }): Promise<CallResult<O>> =>
      // The same input with a signal is an input still.
      callApi(operation, ...([{ ...input, signal }] as unknown as CallArguments<O>)),
  };
}
