import { describe, expect, it } from 'vitest';
import {
  type GestureState,
  pointerDown,
  pointerMove,
  pointerUp,
  restingGesture,
  wheelFactor,
} from '@/components/stage/stage-gestures';

const at = (screenX: number, screenY: number) => ({ screenX, screenY });

function twoFingers(): GestureState {
  return pointerDown(pointerDown(restingGesture, 1, at(100, 100), true), 2, at(200, 100), true);
}

describe('stage gestures', () => {
  it('hovers while nothing is pressed', () => {
    expect(pointerMove(restingGesture, 1, at(5, 6))[1]).toEqual({ kind: 'hover', at: at(5, 6) });
  });

  it('takes a press that hardly moves for a tap', () => {
    const [still] = pointerMove(pointerDown(restingGesture, 1, at(50, 50), true), 1, at(52, 51));
    expect(pointerUp(still, 1, at(52, 51))[1]).toEqual({ kind: 'tap', at: at(52, 51) });
  });

  it('pans from where the press began once it moves, and is no tap afterwards', () => {
    const [moved, plan] = pointerMove(pointerDown(restingGesture, 1, at(50, 50), true), 1, at(60, 45));
    expect(plan).toEqual({ kind: 'pan', deltaX: 10, deltaY: -5 });
    expect(pointerUp(moved, 1, at(60, 45))[1]).toEqual({ kind: 'none' });
  });

  it('pans with the middle button and never selects with it', () => {
    const pressed = pointerDown(restingGesture, 1, at(50, 50), false);
    expect(pointerMove(pressed, 1, at(51, 50))[1]).toEqual({ kind: 'pan', deltaX: 1, deltaY: 0 });
    expect(pointerUp(pressed, 1, at(50, 50))[1]).toEqual({ kind: 'none' });
  });

  it('pinches about the middle of two fingers', () => {
    expect(pointerMove(twoFingers(), 2, at(300, 100))[1]).toEqual({
      kind: 'pinch',
      factor: 2,
      centre: at(200, 100),
      deltaX: 50,
      deltaY: 0,
    });
  });

  it('goes on panning with one finger when the other is lifted, without a tap', () => {
    const [left, plan] = pointerUp(twoFingers(), 2, at(200, 100));
    expect(plan).toEqual({ kind: 'none' });
    expect(pointerMove(left, 1, at(110, 100))[1]).toEqual({ kind: 'pan', deltaX: 10, deltaY: 0 });
  });
});

describe('wheelFactor', () => {
  it('zooms in upwards and out downwards by the same ratio', () => {
    expect(wheelFactor(-100, 0, false)).toBeGreaterThan(1);
    expect(wheelFactor(-100, 0, false) * wheelFactor(100, 0, false)).toBeCloseTo(1, 12);
  });

  it('counts lines as lines and never jumps by more than a factor of two for a plain wheel', () => {
    expect(wheelFactor(3, 1, false)).toBeCloseTo(wheelFactor(48, 0, false), 12);
    expect(wheelFactor(-1e6, 0, false)).toBeLessThan(2);
  });
});
