'use client';

import { useMemo, useState } from 'react';
import { type SnippetLanguage, snippetLanguages } from '@/components/models/api/request-snippets';
import type { ReferenceOperation } from '@/components/reference/openapi-document';
import { type TryDraft, tryBodyOf, tryRequest } from '@/components/reference/try-request';
import { CodeBlock } from '@/components/ui/code-block';
import { Segmented } from '@/components/ui/segmented';
import { useOrigin } from '@/components/ui/use-origin';
import { allOperations } from '@/lib/http/operations/all-operations';

type OperationCodeProps = { readonly operation: ReferenceOperation; readonly draft: TryDraft };

/** The call as it is filled in, as a program. */
export function OperationCode({ operation, draft }: OperationCodeProps) {
  const [language, setLanguage] = useState<SnippetLanguage>('curl');
  const origin = useOrigin();
  const code = useMemo(() => codeOf(language, operation, draft, origin), [language, operation, draft, origin]);
  if (code === null) return null;
  return (
    <div className="grid min-w-0 gap-2">
      <div className="flex items-center justify-between gap-2">
        <h4 className="font-semibold text-strong text-xs">Code</h4>
        <Segmented
          label="Language"
          value={language}
          options={snippetLanguages.map(({ id, label }) => ({ value: id, label }))}
          onChange={setLanguage}
        />
      </div>
      <CodeBlock code={code} label="Copy the code" />
    </div>
  );
}

function codeOf(
  language: SnippetLanguage,
  operation: ReferenceOperation,
  draft: TryDraft,
  origin: string,
): string | null {
  const known = allOperations.find(({ id }) => id === operation.id);
  const writer = snippetLanguages.find(({ id }) => id === language);
  if (!known || !writer) return null;
  const { query } = tryRequest(operation, draft);
  const ofPlace = (place: string) =>
    Object.fromEntries(
      Object.entries(draft.parameters).flatMap(([key, value]) =>
        key.startsWith(`${place}.`) && value !== '' ? [[key.slice(place.length + 1), value]] : [],
      ),
    );
  return writer.write(known, {
    origin,
    params: ofPlace('path'),
    headers: ofPlace('header'),
    query,
    body: bodyOf(operation, draft),
    file: Object.values(draft.files)[0]?.name,
  });
}

function bodyOf(operation: ReferenceOperation, draft: TryDraft): Record<string, unknown> | undefined {
  switch (tryBodyOf(operation)) {
    case 'json':
      return parsedObject(draft.json);
    case 'multipart': {
      const fields = Object.entries(draft.fields).filter(([, value]) => value !== '');
      return fields.length === 0 ? undefined : Object.fromEntries(fields);
    }
    case 'bytes':
    case 'none':
      return undefined;
  }
}

/** While the JSON is being typed it may be none; the operation's own example stands in. */
function parsedObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
