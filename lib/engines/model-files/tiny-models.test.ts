import { describe, expect, it } from 'vitest';
import { present } from '@/lib/core/assert';
import { bytesSource } from '@/lib/engines/model-files/byte-source';
import { readOnnxFacts } from '@/lib/engines/model-files/read-onnx-facts';
import { tinyBrokenModel } from '@/lib/engines/model-files/test-support/tiny-broken-models';
import {
  tinyAngles,
  tinyKeypoints,
  tinyObjectness,
  tinyScores,
} from '@/lib/engines/model-files/test-support/tiny-detector';
import {
  type TinyOptions,
  tinyDepths,
  tinyModel,
  tinyProbabilities,
} from '@/lib/engines/model-files/test-support/tiny-models';
import type { HostTensor } from '@/lib/engines/vision/session';
import { nodeSessionFactory } from '@/lib/platform/runtime/onnx-node-session';

const grey = 114 / 255;

/** Grey images with one pure red square of 32 pixels whose left-top corner is at (32, 0) in the first image. */
function redSquare({ height = 64, width = 64, batch = 1 }: TinyOptions): Float32Array {
  const pixels = new Float32Array(batch * 3 * height * width).fill(grey);
  for (let y = 0; y < 32; y += 1) {
    for (let x = 32; x < 64; x += 1) {
      for (let channel = 0; channel < 3; channel += 1) {
        pixels[(channel * height + y) * width + x] = channel === 0 ? 1 : 0;
      }
    }
  }
  return pixels;
}

async function run(bytes: Uint8Array, feed: HostTensor): Promise<Readonly<Record<string, HostTensor>>> {
  const session = await nodeSessionFactory({ threads: 1 })(bytes, await readOnnxFacts(bytesSource(bytes)));
  try {
    return await session.run({ images: feed });
  } finally {
    await session.dispose();
  }
}

async function answer(options: TinyOptions): Promise<{ dims: readonly number[]; values: readonly number[] }> {
  const { height = 64, width = 64, batch = 1 } = options;
  const feed: HostTensor = { type: 'float32', data: redSquare(options), dims: [batch, 3, height, width] };
  const output = present((await run(tinyModel(options), feed)).output0, 'output0');
  return { dims: output.dims, values: Array.from(output.data, Number) };
}

/** Values of one anchor of a [1, channels, anchors] output. */
function anchor({ dims, values }: { dims: readonly number[]; values: readonly number[] }, index: number): number[] {
  const [, channels = 0, anchors = 0] = dims;
  return Array.from({ length: channels }, (_, channel) => present(values[channel * anchors + index], 'value'));
}

/** Of the 84 anchors of a 64 × 64 input: 64 of stride 8, 16 of stride 16, then the right-top one of stride 32. */
const hit = 81;

describe('tinyModel', () => {
  it('detects an aligned square as itself, once', async () => {
    const output = await answer({});
    expect(output.dims).toEqual([1, 7, 84]);
    expect(anchor(output, hit)).toEqual([48, 16, 32, 32, tinyScores[0], 0, 0]);
    const scores = Array.from({ length: 84 }, (_, index) => anchor(output, index).slice(4)).flat();
    expect(scores.filter((score) => score !== 0)).toEqual([0.875]);
  });

  it('finds nothing in grey, white and noise-free black', async () => {
    for (const level of [grey, 0, 1]) {
      const feed: HostTensor = { type: 'float32', data: new Float32Array(12_288).fill(level), dims: [1, 3, 64, 64] };
      const { output0 } = await run(tinyModel(), feed);
      expect(Math.max(...Array.from(present(output0, 'output0').data, Number).slice(4 * 84))).toBe(0);
    }
  });

  it('swaps the axes of the transposed layout', async () => {
    const { dims, values } = await answer({ layout: 'anchors-transposed' });
    expect(dims).toEqual([1, 84, 7]);
    expect(values.slice(hit * 7, hit * 7 + 7)).toEqual([48, 16, 32, 32, 0.875, 0, 0]);
  });

  it('multiplies objectness in the YOLOv5 layout, three boxes a cell', async () => {
    const { dims, values } = await answer({ layout: 'anchors-objectness' });
    expect(dims).toEqual([1, 252, 8]);
    const row = 64 * 3 + 16 * 3 + 1;
    expect(values.slice(row * 8, row * 8 + 8)).toEqual([48, 16, 32, 32, tinyObjectness, tinyScores[0], 0, 0]);
    expect(values[(row + 4) * 8 + 4]).toBe(0);
  });

  it('ends in 300 rows of which one is set', async () => {
    const { dims, values } = await answer({ layout: 'rows' });
    expect(dims).toEqual([1, 300, 6]);
    expect(values.slice(hit * 6, hit * 6 + 6)).toEqual([32, 0, 64, 32, 0.875, 0]);
    expect(values.filter((value) => value !== 0)).toHaveLength(4);
  });

  it('makes masks that follow the colour', async () => {
    const feed: HostTensor = { type: 'float32', data: redSquare({}), dims: [1, 3, 64, 64] };
    const { output0, output1 } = await run(tinyModel({ task: 'segment' }), feed);
    const main = present(output0, 'output0');
    expect(anchor({ dims: main.dims, values: Array.from(main.data, Number) }, hit).slice(7, 10)).toEqual([1, 0, 0]);
    const prototypes = present(output1, 'output1');
    expect(prototypes.dims).toEqual([1, 32, 16, 16]);
    const red = Array.from(prototypes.data, Number).slice(0, 256);
    expect(red.every((value, index) => value === (index % 16 >= 8 && index < 128 ? 4 : -4))).toBe(true);
  });

  it('puts keypoints on the corners and the centre', async () => {
    const [x = 0, y = 0, side = 0, , score, ...points] = anchor(await answer({ task: 'pose' }), hit);
    expect(score).toBe(0.875);
    const expected = tinyKeypoints.flatMap(({ dx, dy, visibility }) => [x + dx * side, y + dy * side, visibility]);
    expect(points).toEqual(expected);
  });

  it('turns oriented boxes by the colour, the angle last', async () => {
    expect(anchor(await answer({ task: 'obb' }), hit)).toEqual([48, 16, 32, 16, 0.875, 0, 0, tinyAngles[0]]);
    const { values } = await answer({ task: 'obb', layout: 'rows' });
    expect(values.slice(hit * 7, hit * 7 + 7)).toEqual([48, 16, 32, 16, 0.875, 0, 0.25]);
  });

  it('answers for the whole image and for every pixel', async () => {
    expect((await answer({ task: 'classify' })).values).toEqual(tinyProbabilities[0]);
    const isRed = (index: number) => index % 64 >= 32 && index < 64 * 32;
    const classes = await answer({ task: 'semantic' });
    expect(classes.dims).toEqual([1, 64, 64]);
    expect(classes.values.every((value, index) => value === (isRed(index) ? 1 : 0))).toBe(true);
    const depth = await answer({ task: 'depth' });
    const metres = (index: number) => (isRed(index) ? tinyDepths.red : tinyDepths.other);
    expect(depth.values.every((value, index) => value === metres(index))).toBe(true);
    const logits = await answer({ task: 'semantic', layout: 'class-logits' });
    expect(logits.dims).toEqual([1, 4, 64, 64]);
    expect([logits.values[32], logits.values[4096 + 32]]).toEqual([1, 2]);
  });

  it('takes other sizes, batches and any size when dynamic', async () => {
    expect((await answer({ height: 96, width: 128 })).dims).toEqual([1, 7, 252]);
    expect((await answer({ batch: 3 })).dims).toEqual([3, 7, 84]);
    const feed: HostTensor = {
      type: 'float32',
      data: redSquare({ height: 32, width: 96, batch: 2 }),
      dims: [2, 3, 32, 96],
    };
    const { output0 } = await run(tinyModel({ dynamic: true }), feed);
    expect(present(output0, 'output0').dims).toEqual([2, 7, 63]);
  });

  it('answers the same numbers in half precision', async () => {
    const half = (value: number) => (value === 1 ? 0x3c00 : value === 0 ? 0 : 0x3727);
    const feed: HostTensor = { type: 'float16', data: Uint16Array.from(redSquare({}), half), dims: [1, 3, 64, 64] };
    const { output0 } = await run(tinyModel({ elementType: 'float16' }), feed);
    const { type, dims, data } = present(output0, 'output0');
    expect(type).toBe('float16');
    expect(anchor({ dims, values: Array.from(data, Number) }, hit).slice(0, 5)).toEqual([
      0x5200, 0x4c00, 0x5000, 0x5000, 0x3b00,
    ]);
  });
});

describe('tinyBrokenModel', () => {
  const feed: HostTensor = { type: 'float32', data: redSquare({}), dims: [1, 3, 64, 64] };

  it.each(['unknown-operator', 'huge-memory', 'fails-at-run'] as const)(
    '%s reads well and then fails',
    async (kind) => {
      const bytes = tinyBrokenModel(kind);
      expect(bytes.byteLength).toBeLessThan(1_000);
      await expect(run(bytes, feed)).rejects.toThrow();
    },
  );

  it.each(['truncated', 'external-data'] as const)('%s is refused unread', async (kind) => {
    await expect(readOnnxFacts(bytesSource(tinyBrokenModel(kind)))).rejects.toThrow();
  });
});
