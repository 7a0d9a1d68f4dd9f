'use client';

import { type ReactNode, useState } from 'react';
import { freshTryDraft } from '@/components/reference/fresh-try-draft';
import type { OpenApiDocument, ReferenceOperation, ReferenceReply } from '@/components/reference/openapi-document';
import { OperationCode } from '@/components/reference/operation-code';
import { PlainText } from '@/components/reference/plain-text';
import { Rules, SchemaFields } from '@/components/reference/schema-fields';
import { typeWords } from '@/components/reference/schema-words';
import { TryOperation } from '@/components/reference/try-operation';

type OperationDetailsProps = {
  readonly document: OpenApiDocument;
  readonly operation: ReferenceOperation;
  /** A key that was pasted at the top of the page, or null. */
  readonly pastedKey: string | null;
};

const securityWords: Readonly<Record<string, string>> = {
  bearer: 'API key as “Authorization: Bearer …”',
  apiKey: 'API key as “x-api-key: …”',
  session: 'signed-in browser',
  metricsToken: 'the server’s METRICS_TOKEN',
};

/** Everything about one operation: what it takes, what it answers, its code, and a real try. */
export function OperationDetails({ document, operation, pastedKey }: OperationDetailsProps) {
  const { description, parameters, bodies, replies, security } = operation;
  const [draft, setDraft] = useState(() => freshTryDraft(document, operation));
  return (
    <div className="grid gap-6 border-t p-4 xl:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
      <div className="grid min-w-0 content-start gap-5">
        {description !== '' && <PlainText text={description} />}
        <p className="text-muted text-xs">
          {security.length === 0
            ? 'Nobody is asked who they are.'
            : `Let in by: ${security.map((name) => securityWords[name] ?? name).join('; ')}.`}
        </p>
        {parameters.length > 0 && (
          <Block title="Parameters">
            <ul className="grid">
              {parameters.map(({ name, place, isRequired, schema, description: words }) => (
                <li key={`${place} ${name}`} className="grid gap-0.5 border-b py-1.5 last:border-b-0">
                  <p className="flex flex-wrap items-baseline gap-x-2 text-xs">
                    <span className="font-medium font-mono text-strong">{name}</span>
                    <span className="text-muted">{typeWords(document, schema)}</span>
                    <span className="text-2xs text-muted">in the {place}</span>
                    {isRequired && <span className="text-2xs text-warn">required</span>}
                  </p>
                  <Rules schema={schema} description={words} />
                </li>
              ))}
            </ul>
          </Block>
        )}
        {bodies[0] && (
          <Block title="Body" note={bodies.map(({ contentType }) => contentType).join(', ')}>
            <SchemaFields document={document} schema={bodies[0].schema} label="Fields of the body" />
          </Block>
        )}
        <Block title="Replies">
          <ul className="grid gap-1">
            {replies.map((reply) => (
              <Reply key={reply.status} document={document} reply={reply} />
            ))}
          </ul>
        </Block>
      </div>
      <div className="grid min-w-0 content-start gap-5">
        <OperationCode operation={operation} draft={draft} />
        <TryOperation
          document={document}
          operation={operation}
          draft={draft}
          onChange={setDraft}
          pastedKey={pastedKey}
        />
      </div>
    </div>
  );
}

type BlockProps = { readonly title: string; readonly note?: string; readonly children: ReactNode };

function Block({ title, note, children }: BlockProps) {
  return (
    <div className="grid min-w-0 gap-1">
      <h4 className="flex flex-wrap items-baseline gap-x-2 font-semibold text-strong text-xs">
        {title}
        {note && <span className="font-mono font-normal text-2xs text-muted">{note}</span>}
      </h4>
      {children}
    </div>
  );
}

function Reply({ document, reply }: { readonly document: OpenApiDocument; readonly reply: ReferenceReply }) {
  const { status, description, schema, headers, contentType } = reply;
  const isGood = /^[23]/.test(status);
  return (
    <li>
      <details open={isGood} className="rounded-control border">
        <summary className="flex min-h-8 items-baseline gap-2 px-3 py-1.5 text-xs hover:bg-hover touch:min-h-11">
          <span className={`font-mono font-semibold ${isGood ? 'text-good' : 'text-bad'}`}>{status}</span>
          <span className="min-w-0 whitespace-pre-line break-words text-body">
            {description.replaceAll('\n\n', '\n')}
          </span>
        </summary>
        <div className="grid gap-2 border-t px-3 py-2">
          {schema ? (
            <SchemaFields
              document={document}
              schema={schema}
              openLevels={isGood ? 1 : 0}
              marks="optional"
              label={`Fields of the reply ${status}`}
            />
          ) : (
            <p className="text-muted text-xs">{contentType ?? 'No body.'}</p>
          )}
          {headers.length > 0 && (
            <p className="break-words text-2xs text-muted">
              Headers: <span className="font-mono">{headers.join(', ')}</span>
            </p>
          )}
        </div>
      </details>
    </li>
  );
}
