'use client';

import { KeyRound } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import type { CallerKey } from '@/components/models/api/caller-key';
import { KeyField } from '@/components/models/api/key-field';
import type { PlannedRequest } from '@/components/models/api/request-draft';
import { requestSnippet, type SnippetLanguage, snippetLanguages } from '@/components/models/api/request-snippets';
import { buttonClass } from '@/components/ui/button';
import { CodeBlock } from '@/components/ui/code-block';
import { Section } from '@/components/ui/section';
import { Segmented } from '@/components/ui/segmented';
import { useOrigin } from '@/components/ui/use-origin';

type SnippetSectionProps = { readonly request: PlannedRequest; readonly callerKey: CallerKey };

/** The same request as a program, and the key it is sent with. */
export function SnippetSection({ request, callerKey }: SnippetSectionProps) {
  const [language, setLanguage] = useState<SnippetLanguage>('curl');
  const origin = useOrigin();
  const code = requestSnippet(language, request, origin, callerKey);
  return (
    <Section
      title="Code"
      actions={
        <Segmented
          label="Language"
          value={language}
          options={snippetLanguages.map(({ id, label }) => ({ value: id, label }))}
          onChange={setLanguage}
        />
      }
    >
      <div className="grid gap-3 p-4">
        <CodeBlock code={code} label="Copy the code" />
        {callerKey.isMissing && (
          <p className="flex flex-wrap items-center gap-2 text-muted text-xs">
            You have no API key that may predict.
            <Link href="/settings/api-keys?new=1" className={buttonClass('secondary', 'small')}>
              <KeyRound size={13} aria-hidden />
              Create a key
            </Link>
          </p>
        )}
        {callerKey.prefix !== null && callerKey.whole === null && (
          <p className="text-muted text-xs">
            Put in the whole key that begins with <span className="font-mono text-body">{callerKey.prefix}</span>: it
            was shown once when you created it.
          </p>
        )}
        <KeyField pasted={callerKey.pasted} isWhole={callerKey.whole !== null} onPaste={callerKey.paste} />
      </div>
    </Section>
  );
}
