'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { StorageMeter } from '@/components/storage/storage-meter';
import { buttonClass } from '@/components/ui/button';
import { RequestFault } from '@/components/ui/request-fault';
import { Section } from '@/components/ui/section';
import { SkeletonRows } from '@/components/ui/skeleton-rows';
import { apiQuery } from '@/lib/client/query-keys';
import { getStorageOperation } from '@/lib/http/operations/storage';

/** How full the workspace is. */
export function StorageCard() {
  const storage = useQuery({ ...apiQuery(getStorageOperation), staleTime: 0 });
  return (
    <Section
      title="Storage"
      actions={
        <Link href="/storage" className={buttonClass('ghost', 'small')}>
          Details
        </Link>
      }
    >
      <div className="p-4">
        {storage.isPending && <SkeletonRows count={2} height={22} label="Measuring storage" />}
        {storage.isError && (
          <RequestFault
            what="The storage could not be measured"
            error={storage.error}
            onRetry={() => void storage.refetch()}
          />
        )}
        {storage.data && <StorageMeter use={storage.data} />}
      </div>
    </Section>
  );
}
