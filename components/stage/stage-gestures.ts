import type { ScreenPoint } from '@/lib/engines/geometry/shape';

/** What the pointers on the stage are doing; data in, plan out. */
export type GestureState = {
  readonly pointers: ReadonlyMap<number, ScreenPoint>;
  /** Where the first pointer went down, while what it does may still be a tap. */
  readonly tapStart: ScreenPoint | null;
};

export type GesturePlan =
  | { readonly kind: 'none' }
  | { readonly kind: 'hover'; readonly at: ScreenPoint }
  | { readonly kind: 'tap'; readonly at: ScreenPoint }
  | { readonly kind: 'pan'; readonly deltaX: number; readonly deltaY: number }
  | {
      readonly kind: 'pinch';
      readonly factor: number;
      readonly centre: ScreenPoint;
      readonly deltaX: number;
      readonly deltaY: number;
    };

type GestureStep = readonly [state: GestureState, plan: GesturePlan];

/** A hand is not still: up to this far, in screen pixels, a press is a tap and not a drag. */
const TAP_SLOP = 4;

export const restingGesture: GestureState = { pointers: new Map(), tapStart: null };

/** `canTap`: the primary button or a finger; the middle button only pans. */
export function pointerDown(state: GestureState, id: number, at: ScreenPoint, canTap: boolean): GestureState {
  const tapStart = canTap && state.pointers.size === 0 ? at : null;
  return { pointers: new Map(state.pointers).set(id, at), tapStart };
}

/** One pressed pointer pans, two pinch, none hovers. A third finger changes nothing. */
export function pointerMove(state: GestureState, id: number, at: ScreenPoint): GestureStep {
  const before = state.pointers.get(id);
  if (!before) return [state, state.pointers.size === 0 ? { kind: 'hover', at } : { kind: 'none' }];
  if (state.tapStart && distance(state.tapStart, at) <= TAP_SLOP) return [state, { kind: 'none' }];
  const next: GestureState = { pointers: new Map(state.pointers).set(id, at), tapStart: null };
  const others = [...state.pointers].filter(([other]) => other !== id).map(([, point]) => point);
  const [partner] = others;
  if (!partner) {
    return [next, { kind: 'pan', deltaX: at.screenX - before.screenX, deltaY: at.screenY - before.screenY }];
  }
  if (others.length > 1) return [next, { kind: 'none' }];
  const from = middle(partner, before);
  const to = middle(partner, at);
  return [
    next,
    {
      kind: 'pinch',
      factor: distance(partner, at) / Math.max(1, distance(partner, before)),
      centre: to,
      deltaX: to.screenX - from.screenX,
      deltaY: to.screenY - from.screenY,
    },
  ];
}

/** Lifting a pointer that never moved is a tap. */
export function pointerUp(state: GestureState, id: number, at: ScreenPoint): GestureStep {
  const pointers = new Map(state.pointers);
  pointers.delete(id);
  const isTap = state.tapStart !== null && state.pointers.has(id);
  return [{ pointers, tapStart: null }, isTap ? { kind: 'tap', at } : { kind: 'none' }];
}

/** Zoom factor of a wheel event. Pinching a trackpad arrives as a wheel with Ctrl and far smaller steps. */
export function wheelFactor(deltaY: number, deltaMode: number, isPinch: boolean): number {
  const pixels = deltaMode === 0 ? deltaY : deltaY * LINE_PIXELS;
  const bounded = Math.max(-MAX_WHEEL_PIXELS, Math.min(MAX_WHEEL_PIXELS, pixels));
  return Math.exp(-bounded * (isPinch ? 0.01 : 0.0018));
}

/** What browsers scroll for one line. */
const LINE_PIXELS = 16;
/** Some mice send thousands of pixels a notch; one event never more than doubles or halves much. */
const MAX_WHEEL_PIXELS = 240;

function distance(first: ScreenPoint, second: ScreenPoint): number {
  return Math.hypot(first.screenX - second.screenX, first.screenY - second.screenY);
}

function middle(first: ScreenPoint, second: ScreenPoint): ScreenPoint {
  return { screenX: (first.screenX + second.screenX) / 2, screenY: (first.screenY + second.screenY) / 2 };
}
