'use client';

import { type PointerEvent, useRef, useState } from 'react';
import type { StageControls } from '@/components/stage/stage-controls';
import { pointerDown, pointerMove, pointerUp, restingGesture } from '@/components/stage/stage-gestures';
import { type GestureBox, gestureBox, type LabelGesture, tapped } from '@/components/train/stage/label-gesture';
import { type PlacedBox, pressTarget } from '@/components/train/stage/press-target';
import type { ScreenPoint, Size } from '@/lib/engines/geometry/shape';
import { toImage, type Viewport } from '@/lib/engines/geometry/viewport';

const MIDDLE_BUTTON = 1;
const RIGHT_BUTTON = 2;

/** Screen pixels around a handle or an edge that still take hold of it. */
const MOUSE_REACH = 7;
const TOUCH_REACH = 18;
/** A hand is not still: up to this far, in screen pixels, a press is a tap. */
const TAP_SLOP = 4;

type LabelPointerOptions = {
  readonly controls: StageControls;
  readonly viewport: Viewport;
  readonly image: Size | null;
  readonly boxes: readonly PlacedBox[];
  readonly selectedId: string | null;
  /** Whether boxes can be drawn and changed; else a press only selects and pans. */
  readonly canDraw: boolean;
  /** While the space bar is held, a drag pans. */
  readonly isPanHeld: boolean;
  readonly onSelect: (labelId: string | null) => void;
  readonly onFinish: (result: GestureBox) => void;
};

/** Drawing, moving and resizing by one pointer; two fingers, the middle button or the space bar pan and zoom. */
export function useLabelPointer(options: LabelPointerOptions) {
  const { controls, viewport, image, boxes, selectedId, canDraw, isPanHeld, onSelect, onFinish } = options;
  const [gesture, setGesture] = useState<LabelGesture | null>(null);
  const view = useRef(restingGesture);
  const start = useRef<ScreenPoint | null>(null);

  function moveView(event: PointerEvent<HTMLElement>): void {
    const [next, plan] = pointerMove(view.current, event.pointerId, pointIn(event));
    view.current = next;
    if (plan.kind === 'pan') controls.pan(plan.deltaX, plan.deltaY);
    if (plan.kind !== 'pinch') return;
    controls.pan(plan.deltaX, plan.deltaY);
    controls.zoomBy(plan.factor, plan.centre);
  }

  function begin(event: PointerEvent<HTMLElement>): void {
    if (event.button === RIGHT_BUTTON || !image) return;
    if (event.button === MIDDLE_BUTTON) event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    const at = pointIn(event);
    const isSecond = view.current.pointers.size > 0;
    view.current = pointerDown(view.current, event.pointerId, at, false);
    // A second finger means the view: what the first one began was no box.
    if (isSecond || isPanHeld || event.button === MIDDLE_BUTTON) {
      setGesture(null);
      return;
    }
    start.current = at;
    const from = toImage(viewport, at);
    const reach = (event.pointerType === 'mouse' ? MOUSE_REACH : TOUCH_REACH) / viewport.scale;
    setGesture({ target: pressTarget(from, { boxes, selectedId, reach }), from, to: from });
  }

  function follow(event: PointerEvent<HTMLElement>): void {
    if (!view.current.pointers.has(event.pointerId)) return;
    if (gesture && canDraw) setGesture({ ...gesture, to: toImage(viewport, pointIn(event)) });
    else moveView(event);
  }

  function finish(event: PointerEvent<HTMLElement>): void {
    const at = pointIn(event);
    [view.current] = pointerUp(view.current, event.pointerId, at);
    setGesture(null);
    if (!gesture || !image) return;
    if (isTap(at)) onSelect(tapped(gesture));
    else if (canDraw) onFinish(gestureBox({ ...gesture, to: toImage(viewport, at) }, image));
  }

  function isTap({ screenX, screenY }: ScreenPoint): boolean {
    const from = start.current;
    return from !== null && Math.hypot(screenX - from.screenX, screenY - from.screenY) <= TAP_SLOP;
  }

  return {
    /** What is drawn or changed at this moment; null at rest. */
    current: gesture && image && gesture.to !== gesture.from ? gestureBox(gesture, image) : null,
    handlers: {
      onPointerDown: begin,
      onPointerMove: follow,
      onPointerUp: finish,
      onPointerCancel(event: PointerEvent<HTMLElement>) {
        [view.current] = pointerUp(view.current, event.pointerId, pointIn(event));
        setGesture(null);
      },
    },
  };
}

function pointIn(event: PointerEvent<HTMLElement>): ScreenPoint {
  const bounds = event.currentTarget.getBoundingClientRect();
  return { screenX: event.clientX - bounds.left, screenY: event.clientY - bounds.top };
}
