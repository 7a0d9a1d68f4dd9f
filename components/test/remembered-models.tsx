'use client';

import { useQuery } from '@tanstack/react-query';
import { modelStoreOfPage } from '@/components/test/browser-ports';
import { useTestActions } from '@/components/test/session/session-context';

/** Lists the models of earlier visits in the panel and opens the youngest, so that a person goes on where they left. */
export function RememberedModels() {
  const { adoptStoredModels } = useTestActions();
  useQuery({
    queryKey: ['remembered-models'],
    queryFn: async () => {
      const stored = await (await modelStoreOfPage()).listModels();
      adoptStoredModels(stored);
      return stored;
    },
  });
  return null;
}
