'use client';

import { useState } from 'react';

/** A class's name, which is changed where it stands: Enter or leaving keeps it, Esc leaves it as it was. */
export function ClassName({ name, onRename }: { readonly name: string; readonly onRename: (name: string) => void }) {
  const [draft, setDraft] = useState<string | null>(null);
  return (
    <input
      type="text"
      aria-label={`Name of ${name}`}
      value={draft ?? name}
      maxLength={80}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={() => {
        if (draft !== null) onRename(draft);
        setDraft(null);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') setDraft(null);
        if (event.key === 'Enter') event.currentTarget.blur();
      }}
      className="h-6 w-full min-w-0 truncate rounded-chip border border-transparent bg-transparent px-1 text-strong text-xs hover:border-line focus:border-line-strong focus:bg-raised touch:h-11"
    />
  );
}
