'use client';

import { Archive, ArchiveRestore, Inbox } from 'lucide-react';
import Link from 'next/link';
import { ActionMark } from '@/components/activity/action-mark';
import { eventLink, restorable } from '@/components/activity/event-link';
import { Button } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';
import { RelativeTime } from '@/components/ui/relative-time';
import type { ActivityEvent } from '@/lib/domain/activity/schema';

type EventRowProps = {
  readonly event: ActivityEvent;
  /** Shown as new, though it may have been marked as seen by now. */
  readonly isNew: boolean;
  readonly onMove: () => void;
  readonly onRestore: () => void;
};

/** One event: what was done, by whom, when, and what can still be done about it. */
export function EventRow({ event, isNew, onMove, onRestore }: EventRowProps) {
  const { action, message, user, resourceType, createdAt, archived } = event;
  const href = eventLink(event);
  return (
    <li
      className={classNames(
        'flex min-w-0 items-center gap-3 border-b px-3 py-2 last:border-b-0 hover:bg-hover',
        isNew && 'shadow-[inset_2px_0_0_var(--accent)]',
      )}
    >
      <ActionMark action={action} />
      <div className="grid min-w-0 flex-1">
        <p className={classNames('break-words', isNew ? 'font-medium text-strong' : 'text-body')}>
          {isNew && <span className="sr-only">New: </span>}
          {href === null ? (
            message
          ) : (
            <Link href={href} className="underline-offset-2 hover:underline">
              {message}
            </Link>
          )}
        </p>
        <p className="flex flex-wrap gap-x-1.5 text-muted text-xs">
          <span>{resourceType.replace('_', ' ')}</span>
          <span aria-hidden>·</span>
          <span className="min-w-0 truncate">{user?.email ?? 'the system'}</span>
          <span aria-hidden>·</span>
          <RelativeTime at={createdAt} />
        </p>
      </div>
      {restorable(event) && (
        <Button variant="ghost" size="small" onClick={onRestore}>
          <ArchiveRestore size={13} aria-hidden />
          <span className="max-sm:sr-only">Restore</span>
        </Button>
      )}
      <Button
        variant="ghost"
        size="icon-small"
        aria-label={archived ? `Back to the inbox: ${message}` : `Archive: ${message}`}
        data-tip={archived ? 'Back to the inbox' : 'Archive'}
        onClick={onMove}
      >
        {archived ? <Inbox size={14} aria-hidden /> : <Archive size={14} aria-hidden />}
      </Button>
    </li>
  );
}
