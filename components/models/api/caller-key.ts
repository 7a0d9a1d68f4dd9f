'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { apiQuery } from '@/lib/client/query-keys';
import { platformKeyPattern, predictingKey } from '@/lib/core/platform-key';
import { listApiKeysOperation } from '@/lib/http/operations/api-keys';

export type CallerKey = {
  /** Begins a key of the caller's that may predict; null when there is none, or it is not known yet. */
  readonly prefix: string | null;
  /** Whether it is known that the caller has no such key. */
  readonly isMissing: boolean;
  /** What was pasted. Kept in memory only: it is gone with the page. */
  readonly pasted: string;
  readonly paste: (text: string) => void;
  /** The pasted key once it is whole. */
  readonly whole: string | null;
};

/** The key that code samples name and requests may be sent with. */
export function useCallerKey(): CallerKey {
  const [pasted, paste] = useState('');
  const keys = useQuery({ ...apiQuery(listApiKeysOperation, { query: { limit: 100 } }), staleTime: 30_000 });
  const usable = predictingKey(keys.data?.items ?? []);
  return {
    prefix: usable?.prefix ?? null,
    isMissing: keys.isSuccess && usable === undefined,
    pasted,
    paste: (text) => paste(text.trim()),
    whole: platformKeyPattern.test(pasted) ? pasted : null,
  };
}
