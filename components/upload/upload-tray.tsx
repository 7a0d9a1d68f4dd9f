'use client';

import { useQueryClient } from '@tanstack/react-query';
import { ChevronDown, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { Button } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';
import { pageUploads } from '@/components/upload/page-uploads';
import { isUnderway, type UploadEntry } from '@/components/upload/upload-entry';
import { UploadRow } from '@/components/upload/upload-row';
import { tagKey } from '@/lib/client/query-keys';

/** What a new model changes on other pages. */
const changedTags = ['Models', 'Projects', 'Storage', 'Activity'];

/** The uploads of this tab, in a corner of every page: how far they are, what stopped them, what they became. */
export function UploadTray() {
  const uploads = pageUploads();
  const entries = useStore(uploads.store);
  const queries = useQueryClient();
  const [isOpen, setOpen] = useState(true);
  const isBusy = entries.some(isUnderway);

  // Listens to finished uploads, so that every list shows the new model; undone by no longer listening.
  useEffect(
    () =>
      uploads.onModel(() => {
        for (const tag of changedTags) void queries.invalidateQueries({ queryKey: tagKey(tag) });
      }),
    [uploads, queries],
  );

  // Asks before the tab closes while something is being sent; undone by no longer listening.
  useEffect(() => {
    if (!isBusy) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isBusy]);

  if (entries.length === 0) return null;
  return (
    <section
      aria-label="Uploads"
      className="fixed right-3 bottom-3 z-30 w-[min(400px,calc(100vw-24px))] overflow-hidden rounded-panel bg-overlay text-body shadow-float"
    >
      <header className="flex h-10 items-center gap-1 pr-1.5 pl-3 touch:h-12">
        <h2 role="status" className="min-w-0 flex-1 truncate font-semibold text-sm text-strong">
          {summary(entries)}
        </h2>
        <Button
          variant="ghost"
          size="icon-small"
          aria-label={isOpen ? 'Fold the uploads' : 'Unfold the uploads'}
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          <ChevronDown size={15} aria-hidden className={classNames('transition-transform', !isOpen && 'rotate-180')} />
        </Button>
        {!isBusy && (
          <Button
            variant="ghost"
            size="icon-small"
            aria-label="Close the uploads"
            data-tip="Close"
            onClick={uploads.removeEnded}
          >
            <X size={15} aria-hidden />
          </Button>
        )}
      </header>
      {isOpen && (
        <ul className="max-h-[min(360px,50dvh)] overflow-y-auto border-t">
          {entries.map((entry) => (
            <UploadRow key={entry.key} entry={entry} uploads={uploads} />
          ))}
        </ul>
      )}
    </section>
  );
}

function summary(entries: readonly UploadEntry[]): string {
  const underway = entries.filter(isUnderway).length;
  if (underway > 0) return underway === 1 ? 'Uploading 1 model' : `Uploading ${underway} models`;
  const failed = entries.filter(({ state }) => state.status === 'failed').length;
  const done = entries.length - failed;
  if (failed === 0) return done === 1 ? '1 model uploaded' : `${done} models uploaded`;
  return done === 0 ? `${failed} not uploaded` : `${done} uploaded, ${failed} not`;
}
