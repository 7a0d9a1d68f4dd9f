'use client';

import { useEffect, useRef } from 'react';

const showAfterMilliseconds = 450;
const gap = 6;

/**
 * One tooltip for the whole page: it shows the `data-tip` of whatever is hovered or focused by keyboard, and `data-keys`
 * (as “H” or “⌘ Z”) beside it. The words repeat the control's own name, so the layer is hidden from screen readers.
 */
export function TooltipLayer() {
  const layer = useRef<HTMLDivElement>(null);

  // Synchronises the one tooltip element with pointer and focus anywhere in the document; undone by removing the listeners.
  useEffect(() => {
    const tip = layer.current;
    if (!tip) return;
    let timer: ReturnType<typeof setTimeout> | undefined;

    function hide(): void {
      clearTimeout(timer);
      tip?.hidePopover?.();
    }
    function onOver(event: Event): void {
      // A finger that rests on a control is pressing it, not asking what it is.
      if (event instanceof PointerEvent && event.pointerType === 'touch') return;
      const target = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-tip]') : null;
      hide();
      if (!target || !tip || (event.type === 'focusin' && !target.matches(':focus-visible'))) return;
      timer = setTimeout(() => show(tip, target), event.type === 'focusin' ? 0 : showAfterMilliseconds);
    }

    const hiding = ['pointerdown', 'keydown', 'scroll', 'wheel'] as const;
    document.addEventListener('pointerover', onOver);
    document.addEventListener('focusin', onOver);
    for (const name of hiding) document.addEventListener(name, hide, { capture: true, passive: true });
    return () => {
      hide();
      document.removeEventListener('pointerover', onOver);
      document.removeEventListener('focusin', onOver);
      for (const name of hiding) document.removeEventListener(name, hide, { capture: true });
    };
  }, []);

  return (
    <div
      ref={layer}
      popover="manual"
      aria-hidden
      className="pointer-events-none fixed inset-auto m-0 max-w-64 whitespace-pre-line rounded-control border-0 bg-overlay px-2 py-1 text-2xs text-strong shadow-float"
    />
  );
}

function show(tip: HTMLElement, target: HTMLElement): void {
  if (!target.isConnected) return;
  const keys = target.dataset.keys;
  tip.textContent = target.dataset.tip ?? '';
  if (keys) {
    const key = document.createElement('span');
    key.textContent = keys;
    key.className = 'ml-2 text-muted';
    tip.append(key);
  }
  tip.showPopover?.();
  const around = target.getBoundingClientRect();
  const own = tip.getBoundingClientRect();
  const below = around.bottom + gap + own.height < window.innerHeight;
  const left = Math.min(
    Math.max(gap, around.left + (around.width - own.width) / 2),
    window.innerWidth - own.width - gap,
  );
  tip.style.left = `${left}px`;
  tip.style.top = `${below ? around.bottom + gap : Math.max(gap, around.top - own.height - gap)}px`;
}
