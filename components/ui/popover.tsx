'use client';

import { type ReactNode, useId, useRef, useState } from 'react';
import { classNames } from '@/components/ui/class-names';
import { floatingPlace } from '@/components/ui/floating-place';

type PopoverProps = {
  /** The control's name for people who do not see it. */
  readonly label: string;
  /** What the control shows. */
  readonly control: ReactNode;
  readonly controlClass: string;
  readonly tip?: string;
  readonly align?: 'start' | 'end';
  readonly role?: 'menu' | 'dialog';
  readonly className?: string;
  readonly panelLabel?: string;
  /** What opens; made anew each time, so that it may load what it shows. */
  readonly children: (close: () => void) => ReactNode;
};

/** A panel that opens beside its control. The browser's own popover: Esc and a press elsewhere close it, focus returns. */
export function Popover(props: PopoverProps) {
  const { label, control, controlClass, tip, align = 'end', role = 'dialog', className, panelLabel, children } = props;
  const id = useId();
  const trigger = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const close = () => panel.current?.hidePopover();

  return (
    <>
      <button
        ref={trigger}
        type="button"
        popoverTarget={id}
        aria-label={label}
        aria-haspopup={role}
        aria-expanded={open}
        data-tip={open ? undefined : tip}
        className={controlClass}
      >
        {control}
      </button>
      {/* biome-ignore lint/a11y/useAriaPropsSupportedByRole: both roles it can have take a label */}
      <div
        ref={panel}
        id={id}
        popover="auto"
        role={role}
        aria-label={panelLabel ?? label}
        tabIndex={-1}
        onBeforeToggle={(event) => {
          if (event.newState !== 'open') return;
          setPlace(event.currentTarget, trigger.current, align);
          setOpen(true);
        }}
        onToggle={(event) => {
          setOpen(event.newState === 'open');
          if (event.newState === 'open') focusWithin(event.currentTarget);
        }}
        className={classNames(
          'inset-auto m-0 overflow-y-auto rounded-panel border-0 bg-overlay p-0 text-body shadow-float outline-none',
          className,
        )}
      >
        {open && children(close)}
      </div>
    </>
  );
}

/** Moves focus into what just opened; the browser gives it back when the popover closes. */
function focusWithin(panel: HTMLElement): void {
  const first = panel.querySelector<HTMLElement>('[data-autofocus], [role="menuitem"]');
  (first ?? panel).focus({ preventScroll: true });
}

function setPlace(panel: HTMLElement, control: HTMLElement | null, align: 'start' | 'end'): void {
  if (!control) return;
  const view = { width: window.innerWidth, height: window.innerHeight };
  const place = floatingPlace(control.getBoundingClientRect(), view, align);
  for (const edge of ['left', 'right', 'top', 'bottom'] as const) {
    panel.style[edge] = place[edge] === null ? 'auto' : `${place[edge]}px`;
  }
  panel.style.maxHeight = `${place.maxHeight}px`;
  panel.style.maxWidth = `${place.maxWidth}px`;
}
