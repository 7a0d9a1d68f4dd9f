'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { apiQuery } from '@/lib/client/query-keys';
import { allows } from '@/lib/core/scopes';
import { listApiKeysOperation } from '@/lib/http/operations/api-keys';

/** A platform key in full. */
const wholeKey = /^ul_[0-9a-f]{40}$/;

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
  const usable = keys.data?.items.find(
    ({ kind, expired, scopes }) => kind === 'ul' && !expired && allows(scopes, 'inference'),
  );
  return {
    prefix: usable?.prefix ?? null,
    isMissing: keys.isSuccess && usable === undefined,
    pasted,
    paste: (text) => paste(text.trim()),
    whole: wholeKey.test(pasted) ? pasted : null,
  };
}
