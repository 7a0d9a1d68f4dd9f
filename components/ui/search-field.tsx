'use client';

import { Search, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { classNames } from '@/components/ui/class-names';
import { isOwnKey } from '@/components/ui/own-key';

/** A pause in typing after which the search runs. */
const pauseMilliseconds = 250;

type SearchFieldProps = {
  readonly label: string;
  readonly value: string;
  readonly onSearch: (text: string) => void;
  /** Takes the `/` key of the page. */
  readonly takesSlash?: boolean;
  readonly className?: string;
};

/** A search that runs while one types. `/` goes there, Esc clears it; in an empty one Esc is for what is around it. */
export function SearchField({ label, value, onSearch, takesSlash = true, className }: SearchFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const [draft, setDraft] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  // Listens to `/` anywhere on the page; undone by removing the listener. A search not yet run is dropped with the field.
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (!takesSlash || event.key !== '/' || event.defaultPrevented || isOwnKey(event)) return;
      event.preventDefault();
      input.current?.focus();
    }
    window.addEventListener('keydown', onKeyDown);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
      clearTimeout(timer.current);
    };
  }, [takesSlash]);

  function search(text: string, pause: number): void {
    setDraft(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      setDraft(null);
      onSearch(text);
    }, pause);
  }

  const shown = draft ?? value;
  return (
    <div className={classNames('relative min-w-0', className)}>
      <Search
        size={14}
        aria-hidden
        className="pointer-events-none absolute inset-y-0 left-2 my-auto text-muted touch:left-3"
      />
      <input
        ref={input}
        type="search"
        aria-label={label}
        placeholder={label}
        aria-keyshortcuts={takesSlash ? '/' : undefined}
        maxLength={200}
        value={shown}
        onChange={(event) => search(event.currentTarget.value, pauseMilliseconds)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') search(event.currentTarget.value, 0);
          if (event.key === 'Escape' && shown !== '') {
            // The dialog that the field stands in would close as well.
            event.preventDefault();
            search('', 0);
          }
        }}
        className="h-7 w-full rounded-control border border-line-strong bg-raised pr-7 pl-7 text-sm text-strong placeholder:text-muted touch:h-11 touch:pl-9 touch:text-md [&::-webkit-search-cancel-button]:hidden"
      />
      {shown !== '' && (
        <button
          type="button"
          aria-label="Clear the search"
          onClick={() => {
            search('', 0);
            input.current?.focus();
          }}
          className="absolute inset-y-0 right-0.5 my-auto grid size-6 place-items-center rounded-chip text-muted hover:text-strong touch:size-11"
        >
          <X size={13} aria-hidden />
        </button>
      )}
    </div>
  );
}
