'use client';

import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';

const confirmationMilliseconds = 1600;

type CopyButtonProps = {
  readonly text: string | (() => string);
  readonly label: string;
  /** Shows the label as text too; else it is an icon with that name. */
  readonly withLabel?: boolean;
  readonly onFail?: () => void;
};

/** Copies a text and says so for a moment. Where the browser refuses the clipboard, `onFail` is told. */
export function CopyButton({ text, label, withLabel = false, onFail }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(typeof text === 'string' ? text : text());
      setCopied(true);
      setTimeout(() => setCopied(false), confirmationMilliseconds);
    } catch {
      onFail?.();
    }
  }

  const Icon = copied ? Check : Copy;
  return (
    <Button
      variant={withLabel ? 'secondary' : 'ghost'}
      size={withLabel ? 'medium' : 'icon-small'}
      aria-label={withLabel ? undefined : label}
      data-tip={withLabel ? undefined : label}
      onClick={copy}
    >
      <Icon size={14} aria-hidden />
      {withLabel && <span aria-live="polite">{copied ? 'Copied' : label}</span>}
      {!withLabel && copied && (
        <span className="sr-only" aria-live="polite">
          Copied
        </span>
      )}
    </Button>
  );
}
