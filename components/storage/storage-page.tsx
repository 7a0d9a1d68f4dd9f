'use client';

import { useQuery } from '@tanstack/react-query';
import { Database } from 'lucide-react';
import Link from 'next/link';
import { PageHeader } from '@/components/frame/page-header';
import { StorageMeter } from '@/components/storage/storage-meter';
import { buttonClass } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { formatBytes } from '@/components/ui/format';
import { PageBody } from '@/components/ui/page-body';
import { RequestFault } from '@/components/ui/request-fault';
import { Section } from '@/components/ui/section';
import { SkeletonRows } from '@/components/ui/skeleton-rows';
import { Cell, HeadCell, Row, Table } from '@/components/ui/table';
import { apiQuery } from '@/lib/client/query-keys';
import type { StorageUse } from '@/lib/domain/storage/schema';
import { getStorageOperation } from '@/lib/http/operations/storage';

/** What the workspace keeps on this server, against what its plan allows, and what is largest. */
export function StoragePage() {
  const storage = useQuery({ ...apiQuery(getStorageOperation), staleTime: 0 });
  const isOverFull = (storage.data?.percentage ?? 0) >= 100;
  return (
    <>
      <PageHeader title="Storage" />
      <PageBody>
        {storage.isPending && <SkeletonRows count={3} height={72} label="Loading storage" />}
        {storage.isError && (
          <RequestFault
            what="The storage could not be measured"
            error={storage.error}
            onRetry={() => void storage.refetch()}
          />
        )}
        {storage.data && (
          <>
            <Section
              title="In use"
              actions={
                storage.data.byKind.some(({ kind, sizeBytes }) => kind === 'trash' && sizeBytes > 0) && (
                  <Link href="/trash" className={buttonClass('ghost', 'small')}>
                    Look through the trash
                  </Link>
                )
              }
            >
              <div className="grid gap-3 p-4">
                <StorageMeter use={storage.data} />
                {isOverFull && (
                  <p className="text-bad text-xs">
                    The storage is full: uploads are refused until models are deleted for good or the plan is raised.
                  </p>
                )}
              </div>
            </Section>
            {storage.data.largest.length === 0 ? (
              <EmptyState
                icon={Database}
                title="Nothing is kept here yet"
                action={
                  <Link href="/projects" className={buttonClass('primary', 'medium')}>
                    Go to projects
                  </Link>
                }
              >
                Model files count here, those in the trash too. The same bytes uploaded twice are kept once.
              </EmptyState>
            ) : (
              <Largest items={storage.data.largest} />
            )}
          </>
        )}
      </PageBody>
    </>
  );
}

function Largest({ items }: { readonly items: StorageUse['largest'] }) {
  const most = Math.max(1, ...items.map(({ sizeBytes }) => sizeBytes));
  return (
    <Section title="Largest">
      <Table label="Largest items" className="rounded-t-none border-0">
        <thead>
          <tr>
            <HeadCell>Name</HeadCell>
            <HeadCell>Project</HeadCell>
            <HeadCell className="w-[36%] max-sm:hidden">
              <span className="sr-only">Share</span>
            </HeadCell>
            <HeadCell align="end">Size</HeadCell>
          </tr>
        </thead>
        <tbody>
          {items.map(({ id, type, name, sizeBytes, projectId, projectName, isInTrash }) => (
            <Row key={id}>
              <Cell className="min-w-36 max-w-[280px]">
                <Link
                  href={isInTrash ? '/trash' : type === 'project' ? `/projects/${id}` : `/models/${id}`}
                  className="block truncate font-medium text-strong underline-offset-2 hover:underline"
                >
                  {name}
                </Link>
              </Cell>
              <Cell className="min-w-28 max-w-[220px]">
                {isInTrash ? (
                  <span className="text-warn">in the trash</span>
                ) : (
                  <Link href={`/projects/${projectId}`} className="block truncate hover:text-strong">
                    {projectName}
                  </Link>
                )}
              </Cell>
              <Cell className="max-sm:hidden">
                <span aria-hidden className="block h-1.5 rounded-full bg-sunken">
                  <span
                    className={`block h-full rounded-full ${isInTrash ? 'bg-line-strong' : 'bg-accent'}`}
                    style={{ width: `${(sizeBytes / most) * 100}%` }}
                  />
                </span>
              </Cell>
              <Cell align="end" className="whitespace-nowrap">
                {formatBytes(sizeBytes)}
              </Cell>
            </Row>
          ))}
        </tbody>
      </Table>
    </Section>
  );
}
