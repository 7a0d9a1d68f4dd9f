import { describe, expect, it } from 'vitest';
import {
  actualSizeViewport,
  fitViewport,
  panBy,
  resizeViewport,
  toImage,
  toScreen,
  zoomAt,
  zoomLimits,
} from '@/lib/engines/geometry/viewport';

const image = { width: 1600, height: 800 };
const stage = { width: 800, height: 600 };

describe('viewport', () => {
  it('fits the whole image and centres it', () => {
    expect(fitViewport(image, stage)).toEqual({ scale: 0.5, offsetX: 0, offsetY: 100 });
    expect(fitViewport(image, stage, 40)).toEqual({ scale: 0.45, offsetX: 40, offsetY: 120 });
  });

  it('enlarges an image smaller than the stage when fitting', () => {
    expect(fitViewport({ width: 80, height: 60 }, stage).scale).toBe(10);
  });

  it('keeps the image point under the cursor in place while zooming', () => {
    const before = fitViewport(image, stage);
    const cursor = { screenX: 210, screenY: 333 };
    const held = toImage(before, cursor);
    const after = zoomAt(before, 3.7, cursor, image, stage);
    expect(after.scale).toBeCloseTo(1.85, 10);
    expect(toScreen(after, held).screenX).toBeCloseTo(210, 8);
    expect(toScreen(after, held).screenY).toBeCloseTo(333, 8);
  });

  it('stops at the zoom limits', () => {
    const start = fitViewport(image, stage);
    const cursor = { screenX: 400, screenY: 300 };
    expect(zoomAt(start, 1e9, cursor, image, stage).scale).toBe(64);
    expect(zoomAt(start, 1e-9, cursor, image, stage).scale).toBe(0.25);
  });

  it('always lets an image be seen at 100 % and whole', () => {
    const tiny = { width: 4, height: 4 };
    const limits = zoomLimits(tiny, stage);
    expect(limits.min).toBeLessThanOrEqual(1);
    expect(limits.max).toBeGreaterThanOrEqual(fitViewport(tiny, stage).scale);
  });

  it('shows one screen pixel per image pixel around the middle', () => {
    const before = fitViewport(image, stage);
    const middle = toImage(before, { screenX: 400, screenY: 300 });
    const after = actualSizeViewport(before, image, stage);
    expect(after.scale).toBe(1);
    expect(toScreen(after, middle)).toEqual({ screenX: 400, screenY: 300 });
  });

  it('never lets the image be panned off the stage', () => {
    const start = fitViewport(image, stage);
    expect(panBy(start, 1e6, 1e6, image, stage)).toEqual({ scale: 0.5, offsetX: 752, offsetY: 552 });
    expect(panBy(start, -1e6, -1e6, image, stage)).toEqual({ scale: 0.5, offsetX: -752, offsetY: -352 });
  });

  it('keeps the middle in the middle when the stage changes its size', () => {
    const before = zoomAt(fitViewport(image, stage), 4, { screenX: 100, screenY: 100 }, image, stage);
    const larger = { width: 1000, height: 700 };
    const middle = toImage(before, { screenX: 400, screenY: 300 });
    const after = resizeViewport(before, image, stage, larger);
    expect(toImage(after, { screenX: 500, screenY: 350 })).toEqual(middle);
  });

  it('converts to the screen and back without loss', () => {
    const viewport = { scale: 3, offsetX: -40, offsetY: 12 };
    expect(toImage(viewport, toScreen(viewport, { x: 17.25, y: 8.5 }))).toEqual({ x: 17.25, y: 8.5 });
  });
});
