import { describe, expect, it } from 'vitest';
import { createStageControls, isWhollyVisible } from '@/components/stage/stage-controls';
import { handleStageKey } from '@/components/stage/stage-keys';

const photo = { width: 1000, height: 500 };
const stage = { width: 524, height: 300 };

function placed() {
  const controls = createStageControls();
  controls.place(photo, stage);
  return controls;
}

const scaleOf = (controls: ReturnType<typeof createStageControls>) => controls.store.getState().viewport.scale;

describe('createStageControls', () => {
  it('fits a first image with room around it', () => {
    expect(placed().store.getState().viewport).toEqual({ scale: 0.5, offsetX: 12, offsetY: 25 });
  });

  it('stays fitted when the stage changes its size', () => {
    const controls = placed();
    controls.place(photo, { width: 1024, height: 800 });
    expect(scaleOf(controls)).toBe(1);
  });

  it('keeps the zoom for the next image of the same size and fits one of another', () => {
    const controls = placed();
    controls.zoomIn();
    controls.place({ ...photo }, stage);
    expect(scaleOf(controls)).toBe(0.625);
    controls.place({ width: 500, height: 1000 }, stage);
    expect(scaleOf(controls)).toBeCloseTo(0.276, 10);
  });

  it('changes nothing when image and stage are the same', () => {
    const controls = placed();
    const before = controls.store.getState();
    controls.place({ ...photo }, { ...stage });
    expect(controls.store.getState()).toBe(before);
  });

  it('keeps the centre in place when zooming by a button', () => {
    const controls = placed();
    controls.actualSize();
    expect(controls.store.getState().viewport).toEqual({ scale: 1, offsetX: -238, offsetY: -100 });
  });

  it('ignores zooming before there is an image', () => {
    const controls = createStageControls();
    controls.zoomIn();
    controls.fit();
    expect(scaleOf(controls)).toBe(1);
  });
});

describe('handleStageKey', () => {
  it('zooms with + − 0 1', () => {
    const controls = placed();
    expect(handleStageKey('+', controls)).toBe(true);
    expect(scaleOf(controls)).toBe(0.625);
    handleStageKey('1', controls);
    expect(scaleOf(controls)).toBe(1);
    handleStageKey('0', controls);
    expect(scaleOf(controls)).toBe(0.5);
    handleStageKey('-', controls);
    expect(scaleOf(controls)).toBe(0.4);
  });

  it('leaves arrows to the page while the whole image is visible, and pans otherwise', () => {
    const controls = placed();
    expect(isWhollyVisible(controls.store.getState())).toBe(true);
    expect(handleStageKey('ArrowRight', controls)).toBe(false);
    controls.actualSize();
    const { offsetX } = controls.store.getState().viewport;
    expect(handleStageKey('ArrowRight', controls)).toBe(true);
    expect(controls.store.getState().viewport.offsetX).toBe(offsetX - 64);
  });

  it('leaves other keys alone', () => {
    expect(handleStageKey('a', placed())).toBe(false);
  });
});
