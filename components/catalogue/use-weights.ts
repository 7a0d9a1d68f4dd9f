'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { fetchWeights } from '@/components/catalogue/fetch-weights';
import { callApi } from '@/lib/client/call-api';
import { apiQuery, tagKey } from '@/lib/client/query-keys';
import type { CatalogueEntry } from '@/lib/domain/catalogue/schema';
import { cancelWeightsDownloadOperation, listCatalogueOperation } from '@/lib/http/operations/catalogue';

/** What is done with weights once the server has them. */
export type WeightsAction = {
  /** A verb: “Open”. */
  readonly label: string;
  /** While it is done: “Opening…”. */
  readonly busyLabel: string;
  readonly run: (entry: CatalogueEntry, signal: AbortSignal) => Promise<void>;
};

const reading = apiQuery(listCatalogueOperation);

/** How often a list is looked at in which something is on its way for this workspace. */
const refreshMilliseconds = 1_500;

/** The catalogue, and what can be done with each of its weights. */
export function useWeights(action: WeightsAction) {
  const queries = useQueryClient();
  const open = useRef(AbortSignal.abort());
  const [fetching, setFetching] = useState<ReadonlySet<string>>(new Set());

  // Whoever closes the dialog wants nothing opened any more: ends its requests. The download itself goes on at the server.
  useEffect(() => {
    const leaving = new AbortController();
    open.current = leaving.signal;
    return () => leaving.abort(new DOMException('The dialog was closed.', 'AbortError'));
  }, []);

  const list = useQuery({
    ...reading,
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.some(isUnderway) ? refreshMilliseconds : false),
  });

  function keep(entry: CatalogueEntry): void {
    queries.setQueryData<CatalogueEntry[]>(reading.queryKey, (entries) =>
      entries?.map((known) => (known.name === entry.name ? entry : known)),
    );
  }

  const act = useMutation({ mutationFn: (entry: CatalogueEntry) => action.run(entry, open.current) });

  const bring = useMutation({
    async mutationFn({ name }: CatalogueEntry) {
      setFetching((names) => new Set([...names, name]));
      const entry = await fetchWeights(name, { signal: open.current, onEntry: keep }).finally(() =>
        setFetching((names) => new Set([...names].filter((other) => other !== name))),
      );
      void queries.invalidateQueries({ queryKey: tagKey('Activity') });
      if (entry.state === 'ready') act.mutate(entry);
    },
  });

  const cancel = useMutation({
    mutationFn: ({ name }: CatalogueEntry) => callApi(cancelWeightsDownloadOperation, { params: { name } }),
    onSuccess: keep,
  });

  return { list, act, bring, cancel, isFetching: (name: string) => fetching.has(name) };
}

function isUnderway({ state, isLicenseAccepted }: CatalogueEntry): boolean {
  return isLicenseAccepted && (state === 'waiting' || state === 'downloading');
}
