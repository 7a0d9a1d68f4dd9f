'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { apiQuery } from '@/lib/client/query-keys';
import type { Account } from '@/lib/domain/accounts/schema';
import { getAccountOperation } from '@/lib/http/operations/account';

const accountQuery = apiQuery(getAccountOperation);

/** The signed-in person's account: what the page was made with, or what a change since then answered. */
export function useAccount(initial: Account): { readonly account: Account; readonly keep: (account: Account) => void } {
  const queryClient = useQueryClient();
  const router = useRouter();
  const { data } = useQuery({ ...accountQuery, initialData: initial, staleTime: 30_000 });

  function keep(account: Account): void {
    queryClient.setQueryData(accountQuery.queryKey, account);
    // The frame of every page shows name and address, too: it is made on the server.
    router.refresh();
  }
  return { account: data, keep };
}
