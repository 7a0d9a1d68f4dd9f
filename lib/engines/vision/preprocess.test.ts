import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { PixelImage } from '@/lib/engines/vision/pixel-image';
import { preprocess } from '@/lib/engines/vision/preprocess';
import {
  hasReference,
  referenceFloats,
  referenceJson,
  referencePath,
  referencePixels,
} from '@/lib/engines/vision/test-support/reference-files';
import { specOf } from '@/lib/engines/vision/test-support/specs';

const grey = Math.fround(114 / 255);

function solid(width: number, height: number, colour: readonly number[]): PixelImage {
  const data = new Uint8Array(width * height * colour.length);
  for (let i = 0; i < data.length; i += colour.length) data.set(colour, i);
  return { width, height, channels: colour.length === 4 ? 4 : 3, data };
}

describe('preprocess', () => {
  it('writes red, green and blue planes between bars of gray 114', () => {
    const { data, dims, placement } = preprocess(solid(8, 4, [255, 51, 0]), specOf({ width: 8, height: 8 }), null);
    expect(dims).toEqual([1, 3, 8, 8]);
    expect(placement.top).toBe(2);
    const planes = [0, 1, 2].map((channel) => data.subarray(channel * 64, (channel + 1) * 64));
    for (const [channel, level] of [1, 0.2, 0].entries()) {
      const plane = Array.from(planes[channel] ?? []);
      expect(plane.slice(0, 16)).toEqual(Array(16).fill(grey));
      expect(plane.slice(16, 48)).toEqual(Array(32).fill(Math.fround(level)));
      expect(plane.slice(48)).toEqual(Array(16).fill(grey));
    }
  });

  it('fills a given buffer anew, leaving nothing of the image before', () => {
    const spec = specOf({ width: 8, height: 8 });
    const buffer = new Float32Array(192);
    preprocess(solid(8, 8, [255, 255, 255]), spec, null, buffer);
    const { data } = preprocess(solid(8, 2, [0, 0, 0]), spec, null, buffer);
    expect(data).toBe(buffer);
    expect(new Set(data)).toEqual(new Set([0, grey]));
  });

  it('ignores a buffer of another size', () => {
    const buffer = new Float32Array(10);
    expect(preprocess(solid(4, 4, [1, 2, 3]), specOf({ width: 8, height: 8 }), null, buffer).data).toHaveLength(192);
    expect(new Set(buffer)).toEqual(new Set([0]));
  });

  it('stretches for depth and drops alpha', () => {
    const { data } = preprocess(solid(9, 2, [0, 255, 0, 7]), specOf({ task: 'depth', width: 6, height: 4 }), null);
    expect(Array.from(data)).toEqual([...Array(24).fill(0), ...Array(24).fill(1), ...Array(24).fill(0)]);
  });

  it('cuts the centre of a wide image for a classifier', () => {
    // Left and right thirds black, middle third white: the square in the middle is white but for the blurred seams.
    const image = solid(30, 10, [0, 0, 0]);
    for (let y = 0; y < 10; y++) image.data.fill(255, (y * 30 + 10) * 3, (y * 30 + 20) * 3);
    const { data } = preprocess(image, specOf({ task: 'classify', width: 10, height: 10 }), null);
    expect(new Set(data)).toEqual(new Set([1]));
  });

  it('widens the filter when it reduces: a checkerboard becomes gray, not stripes', () => {
    const image = solid(64, 64, [0, 0, 0]);
    for (let p = 0; p < 64 * 64; p++) {
      if ((p + Math.floor(p / 64)) % 2 === 0) image.data.fill(255, p * 3, p * 3 + 3);
    }
    const { data } = preprocess(image, specOf({ task: 'classify', width: 8, height: 8 }), null);
    for (const value of data) expect(Math.abs(value - 0.5)).toBeLessThan(0.02);
  });
});

type ReferenceRun = {
  image: string;
  task: 'detect' | 'segment' | 'pose' | 'obb' | 'classify';
  input_shape: [number, number, number, number];
  input_sha256_f32le_nchw: string;
};

describe.skipIf(!hasReference)('preprocess against the tensors the package fed its models', () => {
  const folders = hasReference ? readdirSync(referencePath('reference')).filter((name) => name.includes('.onnx.')) : [];
  const cases = folders.flatMap((folder) =>
    readdirSync(referencePath(`reference/${folder}`))
      .filter((name) => name.endsWith('.json'))
      .map((name) => `reference/${folder}/${name}`),
  );

  it.each(cases)('is bit-exact for %s', async (path) => {
    const run = referenceJson<ReferenceRun>(path);
    const [, , height, width] = run.input_shape;
    const image = await referencePixels(`images/decoded/${run.image.split('/').at(-1)}.png`);
    const { data } = preprocess(image, specOf({ task: run.task, width, height }), null);
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(run.input_sha256_f32le_nchw);
  });

  const classifyInputs = hasReference
    ? readdirSync(referencePath('reference/input')).filter((name) => name.startsWith('cls-'))
    : [];

  it.each(classifyInputs)('is bit-exact for the classifier input %s', async (name) => {
    const expected = referenceFloats(`reference/input/${name}`);
    const [, imageName = '', size = ''] = /^cls-(.*)-(\d+)\.f32\.gz$/.exec(name) ?? [];
    const image = await referencePixels(`images/decoded/${imageName}.png`);
    const { data } = preprocess(image, specOf({ task: 'classify', width: Number(size), height: Number(size) }), null);
    expect(Buffer.compare(Buffer.from(data.buffer), Buffer.from(expected.buffer))).toBe(0);
  });

  it('agrees on the recorded classify transforms', () => {
    type TransformCase = { src_rgb: number[][][]; size: number; out_chw: number[][][] };
    const { classify_transforms: known } = referenceJson<{ classify_transforms: TransformCase[] }>(
      'reference/functions.json',
    );
    for (const { src_rgb, size, out_chw } of known) {
      const image: PixelImage = {
        width: src_rgb[0]?.length ?? 0,
        height: src_rgb.length,
        channels: 3,
        data: Uint8Array.from(src_rgb.flat(2)),
      };
      const { data } = preprocess(image, specOf({ task: 'classify', width: size, height: size }), null);
      expect(Array.from(data)).toEqual(out_chw.flat(2).map(Math.fround));
    }
  });
});
