'use client';

import Link from 'next/link';
import { StatusChip, TaskChip } from '@/components/models/model-badges';
import { columnById } from '@/components/models/model-columns';
import { modelPath } from '@/components/models/model-path';
import { RelativeTime } from '@/components/ui/relative-time';
import type { ModelSummary } from '@/lib/domain/models/schema';

/** A model at a glance; the whole card leads to it. */
export function ModelCard({ model }: { readonly model: ModelSummary }) {
  const facts = (['classes', 'input', 'parameters', 'gflops'] as const).map(columnById);
  return (
    <article className="relative grid min-w-0 content-start gap-3 rounded-panel border bg-raised p-4 transition-colors hover:border-line-strong">
      <div className="flex min-w-0 items-center gap-2">
        <h2 className="min-w-0 flex-1 truncate font-semibold text-md text-strong">
          <Link href={modelPath(model)} className="after:absolute after:inset-0 after:rounded-panel">
            {model.name}
          </Link>
        </h2>
        <TaskChip task={model.task} />
      </div>
      <dl className="grid grid-cols-4 gap-2">
        {facts.map(({ id, label, text }) => (
          <div key={id} className="grid min-w-0">
            <dt className="truncate text-2xs text-muted">{label}</dt>
            <dd className="truncate text-strong text-xs">{text(model)}</dd>
          </div>
        ))}
      </dl>
      <p className="flex flex-wrap items-center gap-x-1.5 text-muted text-xs">
        <span className="relative z-10">
          <StatusChip model={model} />
        </span>
        <span aria-hidden>·</span>
        <span>{columnById('size').text(model)}</span>
        <span aria-hidden>·</span>
        <span className="relative z-10">
          <RelativeTime at={model.updatedAt} />
        </span>
      </p>
    </article>
  );
}
