'use client';

import { PackageOpen } from 'lucide-react';
import { usePathname } from 'next/navigation';
import { useState } from 'react';
import { LicenseStep } from '@/components/catalogue/license-step';
import { useWeights, type WeightsAction } from '@/components/catalogue/use-weights';
import { WeightsRow } from '@/components/catalogue/weights-row';
import { byTask, type Family, familyTabs, taskHeadings } from '@/components/catalogue/weights-words';
import { useFrameSession } from '@/components/frame/frame-context';
import { buttonClass } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { EmptyState } from '@/components/ui/empty-state';
import { RequestFault } from '@/components/ui/request-fault';
import { Segmented } from '@/components/ui/segmented';
import { SkeletonRows } from '@/components/ui/skeleton-rows';
import { signInPath } from '@/lib/core/sign-in-path';
import type { CatalogueEntry } from '@/lib/domain/catalogue/schema';

type CatalogueDialogProps = {
  readonly action: WeightsAction;
  readonly onClose: () => void;
};

/** The official weights to choose from. Their licence is shown before the first byte is fetched, and has to be accepted. */
export function CatalogueDialog({ action, onClose }: CatalogueDialogProps) {
  const isSignedIn = useFrameSession() !== null;
  return (
    <Dialog title="Official weights" onClose={onClose}>
      {isSignedIn ? <Catalogue action={action} /> : <SignInFirst />}
    </Dialog>
  );
}

function Catalogue({ action }: { readonly action: WeightsAction }) {
  const { list, act, bring, cancel, isFetching } = useWeights(action);
  const [family, setFamily] = useState<Family>('yolo26');
  const [asked, setAsked] = useState<CatalogueEntry | null>(null);

  if (asked !== null) {
    return (
      <LicenseStep
        entry={asked}
        onBack={() => setAsked(null)}
        onAccept={() => {
          setAsked(null);
          bring.mutate(asked);
        }}
      />
    );
  }

  const faultOf = ({ name }: CatalogueEntry) =>
    [act, bring, cancel].find(({ error, variables }) => error !== null && variables?.name === name)?.error ?? null;

  return (
    <>
      <div className="flex shrink-0 flex-wrap items-center justify-between gap-x-3 gap-y-2 border-b px-4 py-2">
        <Segmented label="Family" value={family} options={familyTabs} onChange={setFamily} />
        <span className="text-muted text-xs">AGPL-3.0 or Enterprise License, from Ultralytics</span>
      </div>
      <div className="grid min-h-72 content-start gap-4 overflow-y-auto p-4">
        {list.isPending && <SkeletonRows count={8} height={36} label="Loading the catalogue" />}
        {list.isError && (
          <RequestFault
            what="The catalogue could not be loaded"
            error={list.error}
            onRetry={() => void list.refetch()}
          />
        )}
        {byTask(list.data ?? [], family).map(({ task, trainedOn, entries }) => (
          <section key={task} aria-label={taskHeadings[task]} className="grid gap-1">
            <h3 className="flex flex-wrap items-baseline gap-x-2 text-xs">
              <span className="font-semibold text-strong">{taskHeadings[task]}</span>
              <span className="text-muted">{trainedOn}</span>
            </h3>
            <ul className="divide-y rounded-panel border bg-raised">
              {entries.map((entry) => (
                <WeightsRow
                  key={entry.name}
                  entry={entry}
                  action={action}
                  isFetching={isFetching(entry.name)}
                  isBusy={act.isPending && act.variables?.name === entry.name}
                  fault={faultOf(entry)}
                  onGet={() => (entry.isLicenseAccepted ? bring.mutate(entry) : setAsked(entry))}
                  onAct={() => act.mutate(entry)}
                  onCancel={() => cancel.mutate(entry)}
                />
              ))}
            </ul>
          </section>
        ))}
      </div>
    </>
  );
}

/** The server fetches files for those it knows. Everybody else can still bring them. */
function SignInFirst() {
  const pathname = usePathname();
  return (
    <div className="p-4">
      <EmptyState
        icon={PackageOpen}
        title="Sign in to fetch weights through this server"
        action={
          <a href={signInPath(pathname)} className={buttonClass('primary', 'medium')}>
            Sign in
          </a>
        }
      >
        Without an account, download a .pt from{' '}
        <a
          href="https://github.com/ultralytics/assets/releases"
          target="_blank"
          rel="noreferrer"
          className="font-medium text-accent-text underline-offset-2 hover:underline"
        >
          its publisher’s page
        </a>{' '}
        and drop it here: it is opened in this browser.
      </EmptyState>
    </div>
  );
}
