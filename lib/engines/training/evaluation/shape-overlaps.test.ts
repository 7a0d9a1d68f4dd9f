import { describe, expect, it } from 'vitest';
import { classConfusion } from '@/lib/engines/training/evaluation/confusion-matrix';
import { fillOutline } from '@/lib/engines/training/evaluation/fill-outline';
import { keypointSigmas, keypointSimilarity } from '@/lib/engines/training/evaluation/keypoint-similarity';
import { labelledInstances } from '@/lib/engines/training/evaluation/labelled-instances';
import { labelledMasks } from '@/lib/engines/training/evaluation/labelled-masks';
import { commonCells, packMask, packWindow } from '@/lib/engines/training/evaluation/packed-masks';
import { topAccuracy } from '@/lib/engines/training/evaluation/top-accuracy';
import { letterboxPlacement } from '@/lib/engines/vision/letterbox';

function rowsOf(bits: Uint8Array, width: number): string[] {
  return Array.from({ length: bits.length / width }, (_, y) => bits.subarray(y * width, (y + 1) * width).join(''));
}

describe('keypointSimilarity', () => {
  const sigmas = keypointSigmas({ count: 2, dims: 3 });

  it('is 1 at the labelled points and e^-½ one standard deviation away', () => {
    const truth = Float32Array.of(10, 10, 2, 30, 10, 2);
    expect(keypointSimilarity(truth, truth, 100, sigmas)).toBeCloseTo(1, 6);
    // σ = ½ of the square root of the area, doubled: 10 px.
    const shifted = Float32Array.of(20, 10, 1, 40, 10, 1);
    expect(keypointSimilarity(truth, shifted, 100, sigmas)).toBeCloseTo(Math.exp(-0.5), 6);
  });

  it('leaves out points that are not labelled, and is 0 where none is', () => {
    const truth = Float32Array.of(10, 10, 2, 0, 0, 0);
    expect(keypointSimilarity(truth, Float32Array.of(10, 10, 1, 99, 99, 1), 100, sigmas)).toBeCloseTo(1, 6);
    expect(keypointSimilarity(new Float32Array(6), new Float32Array(6), 100, sigmas)).toBe(0);
  });

  it('takes COCO’s tolerances for its 17 points only', () => {
    expect(keypointSigmas({ count: 17, dims: 3 })[0]).toBe(0.026);
    expect(keypointSigmas({ count: 17, dims: 2 })[0]).toBe(1 / 17);
    expect(keypointSigmas({ count: 5, dims: 3 })).toEqual(new Array(5).fill(0.2));
  });
});

describe('fillOutline', () => {
  it('fills with the border drawn', () => {
    expect(rowsOf(fillOutline(Float32Array.of(1, 1, 4, 1, 4, 3, 1, 3), { width: 6, height: 5 }), 6)).toEqual([
      '000000',
      '011110',
      '011110',
      '011110',
      '000000',
    ]);
  });

  it('leaves the notch of a hollow shape empty, whichever way it winds', () => {
    const notched = [0, 0, 6, 0, 6, 6, 4, 6, 4, 2, 2, 2, 2, 6, 0, 6];
    const reversed = Array.from({ length: 8 }, (_, k) => notched.slice(14 - 2 * k, 16 - 2 * k)).flat();
    const expected = ['1111111', '1111111', '1111111', '1110111', '1110111', '1110111', '1110111'];
    for (const outline of [notched, reversed]) {
      expect(rowsOf(fillOutline(Float32Array.from(outline), { width: 7, height: 7 }), 7)).toEqual(expected);
    }
  });

  it('cuts what lies outside the grid', () => {
    expect(rowsOf(fillOutline(Float32Array.of(-5, -5, 2, -5, 2, 9, -5, 9), { width: 4, height: 2 }), 4)).toEqual([
      '1110',
      '1110',
    ]);
  });
});

describe('masks', () => {
  it('counts common cells over word boundaries', () => {
    const one = packMask(new Uint8Array(70).fill(1));
    const other = packMask(Uint8Array.from({ length: 70 }, (_, k) => k % 2));
    expect([commonCells(one, one), commonCells(one, other)]).toEqual([70, 35]);
  });

  it('packs a window where it lies in the grid', () => {
    const window = { left: 1, top: 1, width: 2, height: 1, bits: Uint8Array.of(0, 1) };
    expect(packWindow(window, { width: 4, height: 3 })).toEqual(Uint32Array.of(1 << 6));
  });

  it('lays smaller objects over larger ones', () => {
    const square = (from: number, to: number) => Float32Array.of(from, from, to, from, to, to, from, to);
    const input = { width: 32, height: 32 };
    const { masks, cells } = labelledMasks([square(0, 31), square(0, 15)], input, { width: 8, height: 8 });
    expect(cells).toBe(64);
    expect(masks.map((mask) => commonCells(mask, mask))).toEqual([48, 16]);
    expect(commonCells(masks[0], masks[1])).toBe(0);
  });
});

describe('labelledInstances', () => {
  const placement = letterboxPlacement(
    { width: 200, height: 100 },
    { width: 64, height: 64 },
    { auto: false, stride: 32 },
  );
  const box = { cx: 0.5, cy: 0.5, width: 0.5, height: 1 };

  it('brings boxes and keypoints into the letterbox', () => {
    const label = { classId: 3, box, outline: null, keypoints: Float32Array.of(0.25, 0.5, 2, 0, 0, 0) };
    const { classIds, boxes, keypoints } = labelledInstances([label], 'pose', placement, null);
    expect([...classIds]).toEqual([3]);
    expect(boxes).toEqual([{ x1: 16, y1: 16, x2: 48, y2: 48 }]);
    expect(keypoints).toEqual([Float32Array.of(16, 32, 2, 0, 16, 0)]);
  });

  it('turns four corners into an oriented box of the image, not of its fractions', () => {
    const corners = Float32Array.of(0.5, 0, 0.75, 0.5, 0.5, 1, 0.25, 0.5);
    const { oriented } = labelledInstances(
      [{ classId: 0, box, outline: corners, keypoints: null }],
      'obb',
      placement,
      null,
    );
    expect(oriented?.[0].width).toBeCloseTo(16 * Math.SQRT2, 4);
    expect(oriented?.[0].height).toBeCloseTo(16 * Math.SQRT2, 4);
  });
});

describe('topAccuracy and classConfusion', () => {
  const of = (labelled: number, ...probabilities: number[]) => ({
    labelled,
    probabilities: Float32Array.from(probabilities),
  });

  it('counts places of the labelled class; of equals the first', () => {
    const images = [of(0, 0.5, 0.5), of(1, 0.5, 0.5), of(6, 6, 5, 4, 3, 2, 1, 0), of(9, 1, 0), of(0, Number.NaN, 1)];
    expect(topAccuracy(images)).toEqual({ top1: 1 / 5, top5: 2 / 5 });
    expect(topAccuracy([])).toEqual({ top1: 0, top5: 0 });
  });

  it('tables predicted by labelled classes', () => {
    const { counts } = classConfusion(
      [
        { predicted: 1, labelled: 0 },
        { predicted: 1, labelled: 1 },
      ],
      2,
    );
    expect([...counts]).toEqual([0, 0, 1, 1]);
  });
});
