import { describe, expect, it } from 'vitest';
import type { ModelSpec } from '@/lib/engines/model-files/model-facts';
import { letterboxPlacement, networkInputSize, networkPlacement } from '@/lib/engines/vision/letterbox';
import { preprocess } from '@/lib/engines/vision/preprocess';
import { hasReference, imageFromRows, referenceJson } from '@/lib/engines/vision/test-support/reference-files';
import { specOf } from '@/lib/engines/vision/test-support/specs';

describe('letterboxPlacement', () => {
  it('rounds sides half to even and puts the odd padding pixel right and below', () => {
    // 5 × 0.5 = 2.5 rounds to 2, where Math.round would say 3.
    const placement = letterboxPlacement(
      { width: 20, height: 5 },
      { width: 10, height: 9 },
      { auto: false, stride: 32 },
    );
    expect(placement.resized).toEqual({ width: 10, height: 2 });
    expect(placement.top).toBe(3);
  });

  it('scales small images up', () => {
    const placement = letterboxPlacement(
      { width: 64, height: 36 },
      { width: 640, height: 640 },
      { auto: false, stride: 32 },
    );
    expect(placement).toMatchObject({ scaleX: 10, resized: { width: 640, height: 360 }, left: 0, top: 140 });
  });

  it('keeps one pixel of an image so thin that it would vanish', () => {
    const placement = letterboxPlacement(
      { width: 20000, height: 1 },
      { width: 640, height: 640 },
      { auto: true, stride: 32 },
    );
    expect(placement.resized).toEqual({ width: 640, height: 1 });
    expect(placement.input).toEqual({ width: 640, height: 32 });
  });
});

describe('networkPlacement', () => {
  const bus = { width: 810, height: 1080 };

  it('gives a static model its whole size whatever imgsz says', () => {
    expect(networkInputSize(specOf({ width: 640, height: 384 }), bus, 320)).toEqual({ width: 640, height: 384 });
  });

  it('gives a dynamic model the smallest rectangle of strides', () => {
    const spec = specOf({ kind: 'dynamic' });
    expect(networkInputSize(spec, bus, null)).toEqual({ width: 480, height: 640 });
    expect(networkInputSize(spec, { width: 1280, height: 720 }, 640)).toEqual({ width: 640, height: 384 });
  });

  it('rounds imgsz of a dynamic model up to the stride', () => {
    expect(networkInputSize(specOf({ kind: 'dynamic' }), { width: 500, height: 500 }, 330)).toEqual({
      width: 352,
      height: 352,
    });
  });

  it.each([
    [{ width: 3200, height: 100 }, 320, { width: 320, height: 64 }],
    [{ width: 100, height: 100 }, 96, { width: 128, height: 128 }],
    [{ width: 640, height: 640 }, 640, { width: 640, height: 640 }],
  ])('pads %o at %i until an end-to-end model has its 300 anchors', (image, imgsz, expected) => {
    const spec = specOf({ kind: 'dynamic', minimumAnchors: 300 });
    const placement = networkPlacement(spec, image, imgsz);
    expect(placement.input).toEqual(expected);
    expect(placement.resized).toEqual(networkPlacement(specOf({ kind: 'dynamic' }), image, imgsz).resized);
    expect(placement.left + placement.resized.width).toBeLessThanOrEqual(expected.width);
    expect(placement.top + placement.resized.height).toBeLessThanOrEqual(expected.height);
  });

  it('counts the fourth map of a P6 network, and ends whatever stride a file claims', () => {
    const image = { width: 3200, height: 100 };
    const sixth = specOf({ kind: 'dynamic', stride: 64, minimumAnchors: 425 });
    expect(networkInputSize(sixth, image, 320)).toEqual({ width: 320, height: 64 });
    const odd = specOf({ kind: 'dynamic', stride: 4, minimumAnchors: 300 });
    expect(networkInputSize(odd, image, 320).width).toBe(320);
  });

  it('crops the centre for a classifier and stretches for depth', () => {
    const classify = networkPlacement(specOf({ task: 'classify', width: 224, height: 224 }), bus, null);
    expect(classify).toMatchObject({ kind: 'centre-crop', resized: { width: 224, height: 298 }, left: 0, top: -37 });
    const depth = networkPlacement(specOf({ task: 'depth', width: 256, height: 192 }), bus, null);
    expect(depth).toMatchObject({ kind: 'stretch', resized: { width: 256, height: 192 }, scaleX: 256 / 810 });
  });
});

type ParameterCase = {
  h: number;
  w: number;
  new_shape: [number, number];
  auto: boolean;
  scaleup: boolean;
  ratio: [number, number];
  new_unpad: [number, number];
  top: number;
  bottom: number;
  left: number;
  right: number;
};

type PixelCase = { src: number[][][]; new_shape: [number, number]; out: number[][][] };

describe.skipIf(!hasReference)('letterbox against the recorded answers of the package', () => {
  const functions = hasReference
    ? referenceJson<{ letterbox_params: ParameterCase[]; letterbox_pixels: PixelCase[] }>('reference/functions.json')
    : { letterbox_params: [], letterbox_pixels: [] };

  it('agrees on every recorded placement', () => {
    expect(functions.letterbox_params).toHaveLength(224);
    for (const known of functions.letterbox_params) {
      const [height, width] = known.new_shape;
      const { resized, left, top, input, scaleX } = letterboxPlacement(
        { width: known.w, height: known.h },
        { width, height },
        { auto: known.auto, stride: 32, scaleUp: known.scaleup },
      );
      const found = {
        scaleX,
        resized: [resized.width, resized.height],
        left,
        top,
        right: input.width - resized.width - left,
        bottom: input.height - resized.height - top,
      };
      expect(found, JSON.stringify(known)).toEqual({
        scaleX: known.ratio[0],
        resized: known.new_unpad,
        left: known.left,
        top: known.top,
        right: known.right,
        bottom: known.bottom,
      });
    }
  });

  it('agrees on every letterboxed pixel', () => {
    expect(functions.letterbox_pixels.length).toBeGreaterThan(0);
    for (const { src, new_shape, out } of functions.letterbox_pixels) {
      const spec: ModelSpec = specOf({ height: new_shape[0], width: new_shape[1] });
      const { data } = preprocess(imageFromRows(src), spec, null);
      const plane = new_shape[0] * new_shape[1];
      const expected = [0, 1, 2].flatMap((channel) =>
        out.flat().map((pixel) => Math.fround((pixel[channel] ?? 0) / 255)),
      );
      expect(data).toHaveLength(3 * plane);
      expect(Array.from(data)).toEqual(expected);
    }
  });
});
