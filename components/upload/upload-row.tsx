'use client';

import { CircleAlert, CircleCheck, X } from 'lucide-react';
import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { formatBytes, formatTimeLeft } from '@/components/ui/format';
import type { Uploads } from '@/components/upload/create-uploads';
import { timeLeft } from '@/components/upload/transfer-rate';
import { isUnderway, type UploadEntry } from '@/components/upload/upload-entry';

/** One file of the tray. */
export function UploadRow({ entry, uploads }: { readonly entry: UploadEntry; readonly uploads: Uploads }) {
  const { key, fileName, state, target } = entry;
  return (
    <li className="grid gap-1.5 border-b px-3 py-2 text-xs last:border-b-0">
      <div className="flex min-w-0 items-center gap-2">
        {state.status === 'done' && <CircleCheck size={14} aria-label="Done" className="shrink-0 text-good" />}
        {state.status === 'failed' && <CircleAlert size={14} aria-label="Failed" className="shrink-0 text-bad" />}
        <span className="min-w-0 flex-1 truncate font-medium text-strong" title={fileName}>
          {state.status === 'done' ? (
            <Link href={state.model.href} className="underline-offset-2 hover:underline">
              {state.model.name}
            </Link>
          ) : (
            fileName
          )}
        </span>
        <span className="min-w-0 max-w-[40%] truncate text-muted">
          {target.kind === 'new-model' ? `to ${target.projectName}` : `replaces ${target.modelName}`}
        </span>
        <Button
          variant="ghost"
          size="icon-small"
          aria-label={isUnderway(entry) ? `Cancel ${fileName}` : `Dismiss ${fileName}`}
          data-tip={isUnderway(entry) ? 'Cancel' : 'Dismiss'}
          onClick={() => uploads.remove(key)}
        >
          <X size={13} aria-hidden />
        </Button>
      </div>
      <Progress entry={entry} />
      {state.status === 'done' && state.model.reason !== null && <p className="text-muted">{state.model.reason}</p>}
      {state.status === 'failed' && (
        <div className="grid gap-1.5">
          <p className="break-words text-body">{state.message}</p>
          <div className="flex flex-wrap items-center gap-2">
            {state.canRetry && (
              <Button size="small" onClick={() => uploads.retry(key)}>
                Go on
              </Button>
            )}
            {state.requestId !== null && (
              <span className="font-mono text-2xs text-muted">Request {state.requestId}</span>
            )}
          </div>
        </div>
      )}
    </li>
  );
}

function Progress({ entry }: { readonly entry: UploadEntry }) {
  const { state, sizeBytes, fileName } = entry;
  switch (state.status) {
    case 'waiting':
      return <p className="text-muted">Waiting for its turn · {formatBytes(sizeBytes)}</p>;
    case 'checking':
      return (
        <>
          <progress
            aria-label={`Reading ${fileName}`}
            className="progress h-1 w-full animate-pulse"
            value={1}
            max={1}
          />
          <p className="text-muted">Sent. The server reads the model…</p>
        </>
      );
    case 'sending': {
      const { sentBytes, bytesPerSecond, stall } = state;
      const left = timeLeft(sizeBytes - sentBytes, bytesPerSecond);
      return (
        <>
          <progress
            aria-label={`Sending ${fileName}`}
            className="progress h-1 w-full"
            value={sentBytes}
            max={sizeBytes}
          />
          <p className="flex flex-wrap justify-between gap-x-3 text-muted">
            <span>
              {formatBytes(sentBytes)} of {formatBytes(sizeBytes)}
            </span>
            {stall === null ? (
              <span>
                {bytesPerSecond !== null && `${formatBytes(bytesPerSecond)}/s`}
                {left !== null && ` · ${formatTimeLeft(left)} left`}
              </span>
            ) : (
              <span className="text-warn">Connection lost; trying again</span>
            )}
          </p>
        </>
      );
    }
    case 'done':
    case 'failed':
      return null;
  }
}
