'use client';

import { ScanEye } from 'lucide-react';
import Link from 'next/link';
import { ModelClasses } from '@/components/models/model-classes';
import { ModelFile } from '@/components/models/model-file';
import { ModelProperties } from '@/components/models/model-properties';
import { overviewFacts } from '@/components/models/overview-facts';
import { buttonClass } from '@/components/ui/button';
import { EditableText } from '@/components/ui/editable-text';
import { PageBody } from '@/components/ui/page-body';
import { RelativeTime } from '@/components/ui/relative-time';
import { faultWords } from '@/components/ui/request-fault';
import type { Model, UpdateModelInput } from '@/lib/domain/models/schema';

type ModelOverviewProps = {
  readonly model: Model;
  readonly change: (changes: UpdateModelInput) => Promise<void>;
  readonly testHref: string;
};

/** What a model is: its name and facts, its classes, its file and what that says about itself. */
export function ModelOverview({ model, change, testHref }: ModelOverviewProps) {
  const { name, description, status, statusReason, createdAt, updatedAt, metadata } = model;
  const facts = overviewFacts(model);
  const save = (field: 'name' | 'description') => (value: string) =>
    change({ [field]: value }).then(() => null, faultWords);

  return (
    <PageBody>
      <header className="grid gap-1.5">
        <div className="flex min-w-0 flex-wrap items-center gap-3">
          <h1 className="min-w-0 flex-1 font-semibold text-lg text-strong">
            <EditableText label="Model name" value={name} maxLength={100} required onSave={save('name')} />
          </h1>
          {status === 'ready' && (
            <Link href={testHref} className={buttonClass('primary', 'medium')}>
              <ScanEye size={14} aria-hidden />
              Test on images
            </Link>
          )}
        </div>
        <div className="max-w-[720px] text-body">
          <EditableText
            label="Description"
            value={description}
            placeholder="Add a description"
            maxLength={2000}
            multiline
            onSave={save('description')}
          />
        </div>
        <p className="flex flex-wrap gap-x-1.5 text-muted text-xs">
          <span>
            Added <RelativeTime at={createdAt} />
          </span>
          <span aria-hidden>·</span>
          <span>
            changed <RelativeTime at={updatedAt} />
          </span>
        </p>
      </header>
      {status !== 'ready' && statusReason !== null && (
        <p className="rounded-control border bg-sunken px-3 py-2 text-body text-xs">{statusReason}</p>
      )}
      {facts.length > 1 && (
        <dl className="grid grid-cols-[repeat(auto-fit,minmax(128px,1fr))] gap-px overflow-hidden rounded-panel border bg-raised">
          {facts.map(({ label, text, note }) => (
            <div key={label} className="grid content-start gap-0.5 px-4 py-3 outline outline-line">
              <dt className="text-2xs text-muted">{label}</dt>
              <dd className="font-medium text-md text-strong">{text}</dd>
              {note !== null && <dd className="text-2xs text-muted">{note}</dd>}
            </div>
          ))}
        </dl>
      )}
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,5fr)_minmax(0,4fr)]">
        <div className="grid min-w-0 gap-4">
          <ModelFile model={model} />
          {metadata && <ModelProperties name={name} properties={metadata.properties} />}
        </div>
        {metadata?.names && <ModelClasses names={metadata.names} />}
      </div>
    </PageBody>
  );
}
