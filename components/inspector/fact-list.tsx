import type { ReactNode } from 'react';

/** A fact with its name; null for what the file does not say, which is left out. */
export type Fact = readonly [name: string, value: ReactNode | null];

/** What a file says about itself, name by name. */
export function FactList({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className="grid gap-x-6 gap-y-1.5 text-xs sm:grid-cols-2">
      {facts
        .filter(([, value]) => value !== null)
        .map(([name, value]) => (
          <div key={name} className="grid grid-cols-[104px_minmax(0,1fr)] gap-2">
            <dt className="text-muted">{name}</dt>
            <dd className="break-words text-strong">{value}</dd>
          </div>
        ))}
    </dl>
  );
}
