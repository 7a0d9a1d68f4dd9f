'use client';

import { type FormEvent, type ReactNode, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { TextField } from '@/components/ui/text-field';

type ConfirmDialogProps = {
  readonly title: string;
  /** What will happen, in a sentence or two. */
  readonly children: ReactNode;
  /** A verb: “Make public”. */
  readonly action: string;
  readonly tone?: 'primary' | 'danger';
  /** A word to type before the button works, for what cannot be undone. */
  readonly word?: string;
  readonly isBusy?: boolean;
  /** What went wrong, where the button is. */
  readonly fault?: ReactNode;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
};

/** Asks before something that undo cannot bring back, or that others will see. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, children, action, tone = 'primary', word, isBusy = false, fault, onConfirm, onClose } = props;
  const [typed, setTyped] = useState('');
  const isReady = word === undefined || typed.trim() === word;

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (isReady && !isBusy) onConfirm();
  }

  return (
    <Dialog title={title} onClose={onClose} className="w-[min(440px,calc(100vw-24px))]">
      <form onSubmit={submit} className="grid gap-3 p-4">
        <div className="grid gap-2 text-pretty text-body">{children}</div>
        {word !== undefined && (
          <TextField label={`Type “${word}” to go on`} value={typed} onChange={setTyped} autoComplete="off" />
        )}
        {fault}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            variant={tone === 'primary' ? 'primary' : 'secondary'}
            className={tone === 'danger' ? 'border-bad text-bad' : undefined}
            disabled={!isReady || isBusy}
          >
            {isBusy ? 'Working…' : action}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
