'use client';

import { CloudDownload, RotateCw, X } from 'lucide-react';
import type { WeightsAction } from '@/components/catalogue/use-weights';
import { ownState, progressWords, sizeWords } from '@/components/catalogue/weights-words';
import { Button } from '@/components/ui/button';
import { RequestFault } from '@/components/ui/request-fault';
import type { CatalogueEntry } from '@/lib/domain/catalogue/schema';

type WeightsRowProps = {
  readonly entry: CatalogueEntry;
  readonly action: WeightsAction;
  /** A download of this page waits for its answer. */
  readonly isFetching: boolean;
  /** The action is being done with these. */
  readonly isBusy: boolean;
  /** What was thrown when something was last asked about these, or null. */
  readonly fault: unknown;
  readonly onGet: () => void;
  readonly onAct: () => void;
  readonly onCancel: () => void;
};

/** One file of the catalogue: how large it is, how far its download came, and what can be done with it. */
export function WeightsRow(props: WeightsRowProps) {
  const { entry, fault } = props;
  const { name, fileName, stateReason } = entry;
  const state = ownState(entry);
  const isUnderway = state === 'waiting' || state === 'downloading';
  return (
    <li aria-label={fileName} className="grid gap-1.5 px-3 py-2 text-xs">
      <div className="flex min-h-7 flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <div className="flex min-w-0 flex-wrap items-baseline gap-x-2">
          <span className="break-all font-mono text-strong">{name}</span>
          <span className="text-muted">{sizeWords(entry)}</span>
        </div>
        <RowButton {...props} />
      </div>
      {isUnderway && <DownloadProgress entry={entry} />}
      {state === 'failed' && stateReason !== null && (
        <p role="alert" className="break-words text-bad">
          {stateReason}
        </p>
      )}
      {fault !== null && <RequestFault what={`That did not work for ${fileName}`} error={fault} />}
    </li>
  );
}

function RowButton({ entry, action, isFetching, isBusy, onGet, onAct, onCancel }: WeightsRowProps) {
  const { fileName } = entry;
  switch (ownState(entry)) {
    case 'ready':
      return (
        <Button
          size="small"
          variant="primary"
          disabled={isBusy}
          onClick={onAct}
          aria-label={`${action.label} ${fileName}`}
        >
          {isBusy ? action.busyLabel : action.label}
        </Button>
      );
    case 'waiting':
    case 'downloading':
      return (
        <Button size="small" variant="ghost" onClick={onCancel} aria-label={`Cancel the download of ${fileName}`}>
          <X size={13} aria-hidden />
          Cancel
        </Button>
      );
    case 'failed':
      return (
        <Button size="small" disabled={isFetching} onClick={onGet} aria-label={`Download ${fileName} again`}>
          <RotateCw size={13} aria-hidden />
          Try again
        </Button>
      );
    case 'absent':
      return (
        <Button size="small" disabled={isFetching} onClick={onGet} aria-label={`Download ${fileName}`}>
          <CloudDownload size={13} aria-hidden />
          Download
        </Button>
      );
  }
}

function DownloadProgress({ entry }: { readonly entry: CatalogueEntry }) {
  const { fileName, receivedBytes, totalBytes } = entry;
  return (
    <>
      <progress
        aria-label={`Downloading ${fileName}`}
        className="progress h-1 w-full"
        {...(totalBytes === null ? {} : { value: receivedBytes, max: totalBytes })}
      />
      <p className="text-muted">{progressWords(entry)}</p>
    </>
  );
}
