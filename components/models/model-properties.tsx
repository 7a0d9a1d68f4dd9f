'use client';

import { Download } from 'lucide-react';
import { useState } from 'react';
import { downloadBlob } from '@/components/test/take-away/download-blob';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { ScrollBox } from '@/components/ui/scroll-box';
import { SearchField } from '@/components/ui/search-field';
import { Section } from '@/components/ui/section';
import { csvLine } from '@/lib/core/csv-line';

type ModelPropertiesProps = { readonly name: string; readonly properties: Readonly<Record<string, string>> };

/** What the exporter wrote into the file, word for word. */
export function ModelProperties({ name, properties }: ModelPropertiesProps) {
  const [search, setSearch] = useState('');
  const entries = Object.entries(properties);
  const wanted = search.trim().toLowerCase();
  const found = entries.filter((entry) => entry.some((text) => text.toLowerCase().includes(wanted)));
  if (entries.length === 0) return null;
  return (
    <Section
      title="Metadata"
      note={entries.length}
      actions={
        <>
          <SearchField
            label="Search metadata"
            value={search}
            onSearch={setSearch}
            takesSlash={false}
            className="w-40"
          />
          <CopyButton text={() => JSON.stringify(properties, null, 2)} label="Copy as JSON" />
          <Button
            variant="ghost"
            size="icon-small"
            aria-label="Save as CSV"
            data-tip="Save as CSV"
            onClick={() => saveCsv(name, entries)}
          >
            <Download size={14} aria-hidden />
          </Button>
        </>
      }
    >
      <ScrollBox label="Metadata of the file" className="max-h-[420px]">
        <dl>
          {found.map(([key, value]) => (
            <div
              key={key}
              className="grid grid-cols-[minmax(96px,1fr)_minmax(0,3fr)] gap-3 border-b px-4 py-1.5 last:border-b-0"
            >
              <dt className="break-words font-mono text-muted text-xs">{key}</dt>
              <dd className="line-clamp-6 whitespace-pre-wrap break-words font-mono text-body text-xs">{value}</dd>
            </div>
          ))}
        </dl>
      </ScrollBox>
      {found.length === 0 && <p className="p-4 text-muted text-xs">Nothing in the metadata says that.</p>}
    </Section>
  );
}

function saveCsv(name: string, entries: readonly (readonly [string, string])[]): void {
  const text = [csvLine(['key', 'value']), ...entries.map((entry) => csvLine(entry))].join('');
  downloadBlob(new Blob([text], { type: 'text/csv;charset=utf-8' }), `${name}-metadata.csv`);
}
