'use client';

import { useQuery } from '@tanstack/react-query';
import { Mail as MailIcon } from 'lucide-react';
import { LetterRow } from '@/components/admin/letter-row';
import { PageHeader } from '@/components/frame/page-header';
import { EmptyState } from '@/components/ui/empty-state';
import { PageBody } from '@/components/ui/page-body';
import { Pager } from '@/components/ui/pager';
import { parsedParams } from '@/components/ui/parsed-params';
import { RequestFault } from '@/components/ui/request-fault';
import { SkeletonRows } from '@/components/ui/skeleton-rows';
import { useUrlParams } from '@/components/ui/use-url-params';
import { apiQuery } from '@/lib/client/query-keys';
import { pageQuery } from '@/lib/core/page';
import { listMailsOperation } from '@/lib/http/operations/admin';

/** What this server wrote to people, for its administrator to pass on where no mail server is set. */
export function MailsPage({ sendsMail }: { readonly sendsMail: boolean }) {
  const url = useUrlParams();
  const query = parsedParams(pageQuery, url.values);
  const mails = useQuery({ ...apiQuery(listMailsOperation, { query }), staleTime: 5000, refetchOnWindowFocus: true });
  return (
    <>
      <PageHeader title="Letters" />
      <PageBody width="column">
        <p className="text-pretty text-body">
          {sendsMail
            ? 'What this server wrote to people. A letter’s text is forgotten once it is sent or too old.'
            : 'This server has no mail server (SMTP_URL), so nothing is sent: pass the links on yourself. A letter’s text is forgotten when its link stops working.'}
        </p>
        {mails.data === undefined && mails.error !== null && (
          <RequestFault
            what="The letters could not be loaded"
            error={mails.error}
            onRetry={() => void mails.refetch()}
          />
        )}
        {mails.data === undefined && mails.error === null && (
          <SkeletonRows count={4} height={52} label="Loading the letters" />
        )}
        {mails.data?.meta.total === 0 && (
          <EmptyState icon={MailIcon} title="No letters yet">
            When somebody asks for a new password or changes an e-mail address, the letter is listed here.
          </EmptyState>
        )}
        {mails.data !== undefined && mails.data.items.length > 0 && (
          <ul className="grid rounded-panel border bg-raised">
            {mails.data.items.map((mail) => (
              <LetterRow key={mail.id} mail={mail} />
            ))}
          </ul>
        )}
        {mails.data !== undefined && (
          <Pager
            {...mails.data.meta}
            noun="letters"
            onPage={(page) => url.set({ page })}
            onLimit={(limit) => url.set({ limit, page: null })}
          />
        )}
      </PageBody>
    </>
  );
}
