'use client';

import { type PointerEvent, type RefObject, useLayoutEffect, useRef, useState } from 'react';
import type { StageControls } from '@/components/stage/stage-controls';
import {
  type GesturePlan,
  pointerDown,
  pointerMove,
  pointerUp,
  restingGesture,
  wheelFactor,
} from '@/components/stage/stage-gestures';
import { paneAt, type StagePane } from '@/components/stage/stage-panes';
import type { ScreenPoint } from '@/lib/engines/geometry/shape';

const MIDDLE_BUTTON = 1;
const RIGHT_BUTTON = 2;

type StagePointerOptions = {
  readonly surface: RefObject<HTMLElement | null>;
  readonly controls: StageControls;
  readonly panes: readonly StagePane[];
  /** Where a mouse is while nothing is pressed; null when it has left. */
  readonly onPoint: (at: ScreenPoint | null) => void;
  readonly onTap: (at: ScreenPoint) => void;
};

/** Pan, pinch, wheel, hover and tap on the stage's surface. `isPanning` is for the cursor. */
export function useStagePointer({ surface, controls, panes, onPoint, onTap }: StagePointerOptions) {
  const gesture = useRef(restingGesture);
  const [isPanning, setIsPanning] = useState(false);

  function carryOut(plan: GesturePlan): void {
    switch (plan.kind) {
      case 'hover':
        onPoint(plan.at);
        return;
      case 'tap':
        onTap(plan.at);
        return;
      case 'pan':
        controls.pan(plan.deltaX, plan.deltaY);
        setIsPanning(true);
        return;
      case 'pinch':
        controls.pan(plan.deltaX, plan.deltaY);
        controls.zoomBy(plan.factor, paneAt(panes, plan.centre)?.local ?? plan.centre);
        return;
      case 'none':
        return;
    }
  }

  const latest = useRef({ controls, panes });
  useLayoutEffect(() => {
    latest.current = { controls, panes };
  });

  // Outside system: the browser's wheel. React listens passively, which cannot keep the page from scrolling or zooming
  // along. Undone by removing the listener.
  useLayoutEffect(() => {
    const element = surface.current;
    if (!element) return;
    const zoom = (event: WheelEvent) => {
      event.preventDefault();
      const at = pointIn(element, event);
      const cursor = paneAt(latest.current.panes, at)?.local ?? at;
      latest.current.controls.zoomBy(wheelFactor(event.deltaY, event.deltaMode, event.ctrlKey), cursor);
    };
    element.addEventListener('wheel', zoom, { passive: false });
    return () => element.removeEventListener('wheel', zoom);
  }, [surface]);

  function release(event: PointerEvent<HTMLElement>): ScreenPoint {
    setIsPanning(false);
    return pointIn(event.currentTarget, event);
  }

  return {
    isPanning,
    handlers: {
      onPointerDown(event: PointerEvent<HTMLElement>) {
        if (event.button === RIGHT_BUTTON) return;
        // A middle press would start the browser's own scrolling.
        if (event.button === MIDDLE_BUTTON) event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        const at = pointIn(event.currentTarget, event);
        gesture.current = pointerDown(gesture.current, event.pointerId, at, event.button !== MIDDLE_BUTTON);
      },
      onPointerMove(event: PointerEvent<HTMLElement>) {
        const at = pointIn(event.currentTarget, event);
        const [next, plan] = pointerMove(gesture.current, event.pointerId, at);
        gesture.current = next;
        if (plan.kind !== 'hover' || event.pointerType === 'mouse') carryOut(plan);
      },
      onPointerUp(event: PointerEvent<HTMLElement>) {
        const [next, plan] = pointerUp(gesture.current, event.pointerId, release(event));
        gesture.current = next;
        carryOut(plan);
      },
      onPointerCancel(event: PointerEvent<HTMLElement>) {
        const [next] = pointerUp(gesture.current, event.pointerId, release(event));
        gesture.current = next;
      },
      onPointerLeave() {
        if (gesture.current.pointers.size === 0) onPoint(null);
      },
    },
  };
}

function pointIn(element: HTMLElement, event: { readonly clientX: number; readonly clientY: number }): ScreenPoint {
  const bounds = element.getBoundingClientRect();
  return { screenX: event.clientX - bounds.left, screenY: event.clientY - bounds.top };
}
