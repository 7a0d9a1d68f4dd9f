'use client';

import { MoveHorizontal } from 'lucide-react';
import type { KeyboardEvent, PointerEvent } from 'react';

const KEY_STEP = 0.02;
const PAGE_STEP = 0.1;

type SplitHandleProps = {
  /** Share of the stage that shows the first model, 0–1. */
  readonly position: number;
  readonly onPositionChange: (position: number) => void;
};

/** The line between two models on one picture: dragged, or moved with the arrow keys. */
export function SplitHandle({ position, onPositionChange }: SplitHandleProps) {
  function follow(event: PointerEvent<HTMLDivElement>): void {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const stage = event.currentTarget.parentElement?.getBoundingClientRect();
    if (stage && stage.width > 0) onPositionChange(clampShare((event.clientX - stage.left) / stage.width));
  }

  function handleKey(event: KeyboardEvent): void {
    const next = positionAfterKey(event.key, position);
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    onPositionChange(next);
  }

  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label="Split between the two models"
      aria-orientation="horizontal"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(position * 100)}
      aria-valuetext={`First model on the left ${Math.round(position * 100)} %`}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={follow}
      onKeyDown={handleKey}
      style={{ left: `${position * 100}%` }}
      className="group absolute inset-y-0 -ml-5.5 grid w-11 cursor-ew-resize touch-none place-items-center outline-none"
    >
      <span className="absolute inset-y-0 left-1/2 -ml-px w-0.5 bg-canvas-text group-focus-visible:bg-accent" />
      <span className="relative grid size-7 place-items-center rounded-full bg-canvas-text text-canvas shadow-float group-focus-visible:outline-2 group-focus-visible:outline-accent group-focus-visible:outline-offset-2">
        <MoveHorizontal aria-hidden size={14} />
      </span>
    </div>
  );
}

function positionAfterKey(key: string, position: number): number | null {
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return clampShare(position - KEY_STEP);
    case 'ArrowRight':
    case 'ArrowUp':
      return clampShare(position + KEY_STEP);
    case 'PageDown':
      return clampShare(position - PAGE_STEP);
    case 'PageUp':
      return clampShare(position + PAGE_STEP);
    case 'Home':
      return 0;
    case 'End':
      return 1;
    default:
      return null;
  }
}

function clampShare(value: number): number {
  return Math.min(1, Math.max(0, value));
}
