'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { useCallback, useMemo } from 'react';

type Change = Readonly<Record<string, string | number | null | undefined>>;

export type UrlParams = {
  readonly values: Readonly<Record<string, string>>;
  /** Changes some parameters; null takes one away. `push` makes a step that Back undoes, `replace` does not. */
  readonly set: (change: Change, how?: 'push' | 'replace') => void;
  /** The address with these changes, for links. */
  readonly href: (change: Change) => string;
};

/**
 * The view's state in the address: what is searched, sorted, filtered and open. The browser's own history is used, so that
 * typing into a search field asks the server for data only, not for the page again.
 */
export function useUrlParams(): UrlParams {
  const path = usePathname();
  const search = useSearchParams();
  const href = useCallback((change: Change) => changedAddress(path, search.toString(), change), [path, search]);
  const set = useCallback<UrlParams['set']>(
    (change, how = 'push') => {
      const next = changedAddress(path, window.location.search, change);
      if (how === 'push') window.history.pushState(null, '', next);
      else window.history.replaceState(null, '', next);
    },
    [path],
  );
  return useMemo(() => ({ values: Object.fromEntries(search), set, href }), [search, set, href]);
}

/** The path with changed search parameters; those that are null, undefined or empty are taken away. */
export function changedAddress(path: string, search: string, change: Change): string {
  const params = new URLSearchParams(search);
  for (const [name, value] of Object.entries(change)) {
    if (value === null || value === undefined || value === '') params.delete(name);
    else params.set(name, String(value));
  }
  return params.size === 0 ? path : `${path}?${params}`;
}
