'use client';

import { type Access, nounWords } from '@/components/settings/api-keys/key-access';
import { Segmented } from '@/components/ui/segmented';
import type { OfferedScope, ScopeNoun } from '@/lib/core/scopes';

type AccessChooserProps = {
  readonly offered: readonly OfferedScope[];
  readonly extent: 'everything' | 'chosen';
  readonly choices: Readonly<Partial<Record<ScopeNoun, Access>>>;
  readonly error: string | undefined;
  readonly onExtent: (extent: 'everything' | 'chosen') => void;
  readonly onChoice: (noun: ScopeNoun, access: Access) => void;
};

/** What a key may do: all that its owner may, or chosen nouns. */
export function AccessChooser({ offered, extent, choices, error, onExtent, onChoice }: AccessChooserProps) {
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1 font-medium text-strong text-xs">What it may do</legend>
      <Extent
        value="everything"
        chosen={extent}
        label="Everything"
        note="All that you can do over the API."
        onChoose={onExtent}
      />
      <Extent
        value="chosen"
        chosen={extent}
        label="Only what I choose"
        note="For a script that others can read, or that runs elsewhere."
        onChoose={onExtent}
      />
      {extent === 'chosen' && (
        <ul className="ml-6 grid gap-px rounded-control border max-sm:ml-0">
          {offered.map((scope) => (
            <li
              key={scope.noun}
              className="flex min-h-9 flex-wrap items-center justify-between gap-x-3 gap-y-1 border-b px-3 py-1 last:border-b-0"
            >
              <span className="text-body max-sm:w-full">{nounWords[scope.noun]}</span>
              <Segmented
                label={nounWords[scope.noun]}
                value={choices[scope.noun] ?? 'none'}
                options={accessOptions(scope)}
                onChange={(access) => onChoice(scope.noun, access)}
              />
            </li>
          ))}
        </ul>
      )}
      {error && (
        <p role="alert" className="ml-6 text-bad text-xs">
          {error}
        </p>
      )}
    </fieldset>
  );
}

function accessOptions({ reads, changes }: OfferedScope): { value: Access; label: string }[] {
  const options: { value: Access; label: string }[] = [{ value: 'none', label: 'No' }];
  if (reads) options.push({ value: 'read', label: 'Read' });
  if (changes) options.push({ value: 'change', label: reads ? 'Read and change' : 'Yes' });
  return options;
}

type ExtentProps = {
  readonly value: 'everything' | 'chosen';
  readonly chosen: 'everything' | 'chosen';
  readonly label: string;
  readonly note: string;
  readonly onChoose: (value: 'everything' | 'chosen') => void;
};

function Extent({ value, chosen, label, note, onChoose }: ExtentProps) {
  return (
    <label className="grid min-h-6 grid-cols-[16px_minmax(0,1fr)] items-baseline gap-x-2 touch:min-h-11">
      <input
        type="radio"
        name="extent"
        checked={value === chosen}
        onChange={() => onChoose(value)}
        className="size-3.5 translate-y-0.5 accent-accent"
      />
      <span>
        <span className="text-strong">{label}</span> <span className="text-muted text-xs">{note}</span>
      </span>
    </label>
  );
}
