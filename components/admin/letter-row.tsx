'use client';

import { ChevronRight } from 'lucide-react';
import { letterParts } from '@/components/admin/letter-links';
import { CopyButton } from '@/components/ui/copy-button';
import { Mark } from '@/components/ui/mark';
import { RelativeTime } from '@/components/ui/relative-time';
import type { Mail } from '@/lib/domain/mail/schema';

const states = {
  waiting: { tone: 'plain', words: 'Not sent' },
  sent: { tone: 'good', words: 'Sent' },
  failed: { tone: 'bad', words: 'Failed' },
  expired: { tone: 'warn', words: 'Expired' },
} as const;

/** One letter; its text opens where it is still kept. */
export function LetterRow({ mail }: { readonly mail: Mail }) {
  const { tone, words } = states[mail.status];
  const head = (
    <>
      <span className="grid min-w-0 flex-1">
        <span className="truncate font-medium text-strong">{mail.subject}</span>
        <span className="truncate text-muted text-xs">
          {mail.to} · <RelativeTime at={mail.createdAt} />
        </span>
      </span>
      <Mark tone={tone}>{words}</Mark>
    </>
  );
  return (
    <li className="border-b last:border-b-0">
      {mail.text === null ? (
        <div className="flex min-h-14 items-center gap-3 py-2 pr-4 pl-10">{head}</div>
      ) : (
        <details className="group">
          <summary className="flex min-h-14 list-none items-center gap-3 px-4 py-2 hover:bg-hover [&::-webkit-details-marker]:hidden">
            <ChevronRight
              size={14}
              aria-hidden
              className="shrink-0 text-muted transition-transform group-open:rotate-90"
            />
            {head}
          </summary>
          <LetterText text={mail.text} />
        </details>
      )}
      {mail.failure !== null && <p className="break-words pr-4 pb-3 pl-10 text-bad text-xs">{mail.failure}</p>}
    </li>
  );
}

function LetterText({ text }: { readonly text: string }) {
  const parts = letterParts(text);
  const [link] = parts.filter(({ kind }) => kind === 'link');
  return (
    <div className="grid justify-items-start gap-3 pt-2 pr-4 pb-4 pl-10">
      <p className="whitespace-pre-wrap break-words text-body">
        {parts.map((part, index) =>
          part.kind === 'link' ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: parts of a fixed text stay where they are
            <span key={index} className="break-all font-mono text-strong text-xs">
              {part.text}
            </span>
          ) : (
            part.text
          ),
        )}
      </p>
      {link !== undefined && <CopyButton text={link.text} label="Copy the link" withLabel />}
    </div>
  );
}
