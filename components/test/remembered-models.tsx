'use client';

import { useQuery } from '@tanstack/react-query';
import { modelStoreOfPage } from '@/components/test/browser-ports';
import { useDemo } from '@/components/test/demo/use-demo';
import { useTestActions } from '@/components/test/session/session-context';

/**
 * Lists the models of earlier visits in the panel and opens the youngest, so that a person goes on where they left. Who comes for
 * the first time sees the demo.
 */
export function RememberedModels() {
  const { adoptStoredModels } = useTestActions();
  const { showFirst } = useDemo();
  useQuery({
    queryKey: ['remembered-models'],
    queryFn: async () => {
      const stored = await (await modelStoreOfPage()).listModels();
      adoptStoredModels(stored);
      showFirst();
      return stored;
    },
  });
  return null;
}
