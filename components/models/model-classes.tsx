'use client';

import { useMemo, useState } from 'react';
import { CopyButton } from '@/components/ui/copy-button';
import { ScrollBox } from '@/components/ui/scroll-box';
import { SearchField } from '@/components/ui/search-field';
import { Section } from '@/components/ui/section';
import { classColour } from '@/lib/engines/overlay/class-colour';

/** More than these are not looked through by eye. */
const mostShown = 200;

/** Every class a model knows, with its number and the colour it is drawn in. */
export function ModelClasses({ names }: { readonly names: readonly string[] }) {
  const [search, setSearch] = useState('');
  const found = useMemo(() => findClasses(names, search), [names, search]);
  const shown = found.slice(0, mostShown);
  return (
    <Section
      title="Classes"
      note={search === '' ? names.length.toLocaleString('en') : `${found.length} of ${names.length}`}
      actions={
        <>
          {names.length > 8 && (
            <SearchField
              label="Search classes"
              value={search}
              onSearch={setSearch}
              takesSlash={false}
              className="w-40"
            />
          )}
          <CopyButton text={() => names.join('\n')} label="Copy all class names" />
        </>
      }
    >
      <ScrollBox label="Class names" className="max-h-[420px]">
        <ul className="grid grid-cols-[repeat(auto-fill,minmax(150px,1fr))] gap-x-3 p-2">
          {shown.map(({ classId, name }) => (
            <li key={classId} className="flex h-7 min-w-0 items-center gap-2 px-2 text-xs">
              <span
                aria-hidden
                className="size-2 shrink-0 rounded-[2px]"
                style={{ background: classColour(classId).css }}
              />
              <span className="min-w-0 flex-1 truncate text-body" title={name}>
                {name}
              </span>
              <span className="text-2xs text-muted">{classId}</span>
            </li>
          ))}
        </ul>
      </ScrollBox>
      {found.length === 0 && <p className="px-4 pb-4 text-muted text-xs">No class is called like that.</p>}
      {found.length > mostShown && (
        <p className="px-4 pb-3 text-muted text-xs">
          {(found.length - mostShown).toLocaleString('en')} more: search to find them.
        </p>
      )}
    </Section>
  );
}

function findClasses(names: readonly string[], search: string): { classId: number; name: string }[] {
  const wanted = search.trim().toLowerCase();
  return names
    .map((name, classId) => ({ classId, name }))
    .filter(({ classId, name }) => name.toLowerCase().includes(wanted) || String(classId) === wanted);
}
