'use client';

import type { Exchange } from '@/components/models/api/exchange';
import { ReplyPicture } from '@/components/models/api/reply-picture';
import { ReplyView } from '@/components/reference/reply-view';
import { classNames } from '@/components/ui/class-names';
import { FaultNote } from '@/components/ui/fault-note';
import { Section } from '@/components/ui/section';

type ReplySectionProps = {
  readonly exchange: Exchange | null;
  readonly error: unknown;
  readonly isSending: boolean;
};

/** What came back: status, time, size, headers, body, and what it says drawn on the image. */
export function ReplySection({ exchange, error, isSending }: ReplySectionProps) {
  const isStopped = error instanceof DOMException && error.name === 'AbortError';
  return (
    <Section title="Reply" note={isSending ? 'Waiting for the server…' : undefined}>
      {error !== null && !isStopped && (
        <FaultNote
          found="No reply came."
          remedy="The server did not answer, or the connection broke. Send the request again."
          className="m-4"
        />
      )}
      {exchange === null && (
        <p className="px-4 py-10 text-center text-muted">
          {isStopped
            ? 'Stopped before the reply came.'
            : 'Send a request to see its status, time, headers and body here.'}
        </p>
      )}
      {exchange && (
        <div className={classNames(isSending && 'opacity-60')}>
          <ReplyView reply={exchange.reply}>
            <ReplyPicture exchange={exchange} />
          </ReplyView>
        </div>
      )}
    </Section>
  );
}
