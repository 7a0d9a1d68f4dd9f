import { describe, expect, it } from 'vitest';
import { layoutStage, paneAt } from '@/components/stage/stage-panes';

const size = { width: 800, height: 600 };

describe('layoutStage', () => {
  it('gives one result the whole stage', () => {
    const { panes, paneSize } = layoutStage(size, null, null);
    expect(panes).toHaveLength(1);
    expect(paneSize).toEqual(size);
  });

  it('divides one picture at the split without a gap, both parts in the same coordinates', () => {
    const { panes, paneSize } = layoutStage(size, null, { result: null, mode: 'split', position: 0.25 });
    expect(panes.map(({ clipLeft, clipWidth, originX }) => [clipLeft, clipWidth, originX])).toEqual([
      [0, 200, 0],
      [200, 600, 0],
    ]);
    expect(paneSize).toEqual(size);
  });

  it('keeps a split within the stage', () => {
    const { panes } = layoutStage(size, null, { result: null, mode: 'split', position: 7 });
    expect(panes.map(({ clipWidth }) => clipWidth)).toEqual([800, 0]);
  });

  it('gives both halves of a side-by-side view the same size and own coordinates', () => {
    const { panes, paneSize } = layoutStage(size, null, { result: null, mode: 'side-by-side', position: 0.5 });
    expect(panes.map(({ clipLeft, clipWidth, originX }) => [clipLeft, clipWidth, originX])).toEqual([
      [0, 399, 0],
      [401, 399, 401],
    ]);
    expect(paneSize).toEqual({ width: 399, height: 600 });
  });
});

describe('paneAt', () => {
  it('answers the same local point for the same place of either half', () => {
    const { panes } = layoutStage(size, null, { result: null, mode: 'side-by-side', position: 0.5 });
    const left = paneAt(panes, { screenX: 30, screenY: 40 });
    const right = paneAt(panes, { screenX: 431, screenY: 40 });
    expect(left?.pane.role).toBe('primary');
    expect(right?.pane.role).toBe('secondary');
    expect(right?.local).toEqual(left?.local);
  });

  it('answers null in the line between', () => {
    const { panes } = layoutStage(size, null, { result: null, mode: 'side-by-side', position: 0.5 });
    expect(paneAt(panes, { screenX: 400, screenY: 40 })).toBeNull();
  });
});
