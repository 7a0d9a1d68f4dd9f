'use client';

import { CircleAlert, CircleCheck, Download } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { SentReply } from '@/components/reference/perform-request';
import { downloadBlob } from '@/components/test/take-away/download-blob';
import { Button } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';
import { CodeBlock } from '@/components/ui/code-block';
import { formatBytes, formatMilliseconds } from '@/components/ui/format';
import { Tabs } from '@/components/ui/tabs';

const parts = [
  { id: 'body', label: 'Body' },
  { id: 'headers', label: 'Headers' },
] as const;

/** Longer bodies are copied whole but shown in part: nobody reads a megabyte, and it would stall the page. */
const mostShown = 60_000;

type ReplyViewProps = {
  readonly reply: SentReply;
  /** Stands between the status and the body: a picture of what it says. */
  readonly children?: ReactNode;
};

/** A reply that came: status, time, size, headers, body. */
export function ReplyView({ reply, children }: ReplyViewProps) {
  const [part, setPart] = useState<(typeof parts)[number]['id']>('body');
  const isGood = reply.status < 400;
  const Icon = isGood ? CircleCheck : CircleAlert;
  return (
    <div className="grid min-w-0">
      <p role="status" className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-3 text-xs">
        <span className={classNames('flex items-center gap-1.5 font-semibold', isGood ? 'text-good' : 'text-bad')}>
          <Icon size={14} aria-hidden />
          {reply.status} {reply.statusText}
        </span>
        <span className="text-body">{formatMilliseconds(reply.milliseconds)}</span>
        <span className="text-muted">{formatBytes(reply.sizeBytes)}</span>
      </p>
      {children}
      <Tabs label="Parts of the reply" tabs={parts} selected={part} onSelect={setPart} />
      <div className="min-w-0 p-4">
        {part === 'body' ? <Body body={reply.body} /> : <Headers headers={reply.headers} />}
      </div>
    </div>
  );
}

function Body({ body }: Pick<SentReply, 'body'>) {
  if (body.kind === 'file') {
    return (
      <Button onClick={() => downloadBlob(body.blob, 'download')}>
        <Download size={14} aria-hidden />
        Save the file
      </Button>
    );
  }
  if (body.text === '') return <p className="text-muted text-xs">The body is empty.</p>;
  const pretty = prettyJson(body.text);
  const shown = pretty.length > mostShown ? `${pretty.slice(0, mostShown)}\n…` : pretty;
  return <CodeBlock code={shown} copied={pretty} label="Copy the body" />;
}

function Headers({ headers }: Pick<SentReply, 'headers'>) {
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 font-mono text-xs">
      {headers.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd className="break-all text-body">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** JSON with indents; anything else as it came. */
function prettyJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
