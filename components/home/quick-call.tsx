'use client';

import Link from 'next/link';
import { modelPath } from '@/components/models/model-path';
import { CodeBlock } from '@/components/ui/code-block';
import { Section } from '@/components/ui/section';
import { useOrigin } from '@/components/ui/use-origin';
import type { ModelSummary } from '@/lib/domain/models/schema';
import { predictBySlugOperation } from '@/lib/http/operations/predictions';
import { curlSnippet } from '@/lib/http/snippets/curl-snippet';

type QuickCallProps = { readonly model: ModelSummary; readonly keyPrefix: string | null };

/** The newest model, called from a terminal. */
export function QuickCall({ model, keyPrefix }: QuickCallProps) {
  const origin = useOrigin();
  const code = curlSnippet(predictBySlugOperation, {
    origin,
    params: { modelId: model.owner, project: model.projectSlug, model: model.slug },
    file: 'image.jpg',
    keyPrefix: keyPrefix ?? undefined,
  });
  return (
    <Section title="Call a model">
      <div className="grid gap-2 p-4">
        <CodeBlock code={code} label="Copy the command" />
        <p className="text-muted text-xs">
          More languages, and a request to try, on the{' '}
          <Link href={modelPath(model, 'api')} className="text-accent-text underline underline-offset-2">
            API tab of {model.name}
          </Link>
          .
        </p>
      </div>
    </Section>
  );
}
