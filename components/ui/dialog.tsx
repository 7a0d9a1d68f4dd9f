'use client';

import { X } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { Button } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';
import { useModal } from '@/components/ui/use-modal';

type DialogProps = {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** How wide it is, instead of 640 px. */
  readonly className?: string;
};

/** A modal dialog on the native element: it is mounted to open and unmounted to close; Esc and the backdrop close it. */
export function Dialog({ title, onClose, children, className = 'w-[min(640px,calc(100vw-24px))]' }: DialogProps) {
  const modal = useModal(onClose);
  const titleId = useId();

  return (
    <dialog
      {...modal}
      aria-labelledby={titleId}
      className={classNames(
        'm-auto max-h-[min(720px,calc(100dvh-32px))] flex-col overflow-hidden rounded-panel border-0 bg-overlay p-0 text-body shadow-float backdrop:bg-[oklch(0_0_0/0.45)] open:flex',
        className,
      )}
    >
      <header className="flex h-11 shrink-0 items-center justify-between border-b pr-2 pl-4">
        <h2 id={titleId} className="font-semibold text-md text-strong">
          {title}
        </h2>
        <Button variant="ghost" size="icon" aria-label="Close" data-tip="Close" data-keys="Esc" onClick={onClose}>
          <X size={16} aria-hidden />
        </Button>
      </header>
      {children}
    </dialog>
  );
}
