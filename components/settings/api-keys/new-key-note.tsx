'use client';

import { KeyRound } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { keyCommand } from '@/components/settings/api-keys/key-command';
import { Button } from '@/components/ui/button';
import { CodeBlock } from '@/components/ui/code-block';
import { CopyButton } from '@/components/ui/copy-button';
import { useOrigin } from '@/components/ui/use-origin';
import type { OfferedScope } from '@/lib/core/scopes';
import type { CreatedApiKey } from '@/lib/domain/api-keys/schema';

type NewKeyNoteProps = {
  readonly created: CreatedApiKey;
  readonly offered: readonly OfferedScope[];
  readonly onStored: () => void;
};

/** The new key, this once. It lies on the page, not in a dialog that a stray Esc would close, until the person has it. */
export function NewKeyNote({ created, offered, onStored }: NewKeyNoteProps) {
  const origin = useOrigin();
  const note = useRef<HTMLElement>(null);
  const { key, name, scopes } = created;
  const command = keyCommand({ key, scopes, offered, origin });

  // Brings focus to what appeared while the dialog closed; nothing to undo.
  useEffect(() => note.current?.focus(), []);

  return (
    <section
      ref={note}
      tabIndex={-1}
      aria-labelledby="new-key"
      className="grid gap-3 rounded-panel border border-accent bg-accent-soft p-4 outline-none"
    >
      <div className="grid gap-0.5">
        <h3 id="new-key" className="flex min-w-0 items-center gap-2 font-semibold text-strong">
          <KeyRound size={15} aria-hidden className="shrink-0 text-accent-text" />
          <span className="truncate">{name} is ready</span>
        </h3>
        <p className="text-body">Copy the key now: it is shown this once, and kept here only as a hash.</p>
      </div>
      <div className="flex min-w-0 flex-wrap items-center gap-2">
        <code
          data-testid="new-api-key"
          className="min-w-0 flex-1 break-all rounded-control border border-line-strong bg-raised px-2.5 py-1.5 font-mono text-sm text-strong"
        >
          {key}
        </code>
        <CopyButton text={key} label="Copy the key" withLabel />
      </div>
      {command !== null && (
        <div className="grid gap-1">
          <p className="text-2xs text-muted">Try it from a terminal</p>
          <CodeBlock code={command} label="Copy the command" />
        </div>
      )}
      <Button className="justify-self-start" onClick={onStored}>
        I have stored it
      </Button>
    </section>
  );
}
