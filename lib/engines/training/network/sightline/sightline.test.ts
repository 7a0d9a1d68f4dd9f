import { describe, expect, it } from 'vitest';
import { convertCheckpoint } from '@/lib/engines/architecture/convert-checkpoint';
import { bytesSource } from '@/lib/engines/model-files/byte-source';
import { identifyModel } from '@/lib/engines/model-files/identify-model';
import { buildTrainingNetwork } from '@/lib/engines/training/network/build-training-network';
import { readParameters } from '@/lib/engines/training/network/read-parameters';
import {
  createSightlineCheckpoint,
  type SightlineSpec,
} from '@/lib/engines/training/network/sightline/create-sightline-checkpoint';

const tasks = ['detect', 'segment', 'pose', 'obb', 'classify'] as const;

function specOf(task: SightlineSpec['task'], size: SightlineSpec['size'] = 'n'): SightlineSpec {
  const names = Array.from({ length: 10 }, (_, index) => `class ${index}`);
  return { size, task, names, keypoints: task === 'pose' ? { count: 17, dims: 3 } : null, seed: 1, imgsz: 128 };
}

async function numbersOf(spec: SightlineSpec) {
  const checkpoint = createSightlineCheckpoint(spec);
  const { layout } = await buildTrainingNetwork(checkpoint, { imgsz: 64, batch: 2 });
  return { layout, ...(await readParameters(checkpoint, layout)) };
}

describe('our own networks', () => {
  it.each(tasks)('are small and say what they are: %s', async (task) => {
    const small = createSightlineCheckpoint(specOf(task));
    const { layout } = await buildTrainingNetwork(small, { imgsz: 128, batch: 1 });
    const larger = createSightlineCheckpoint(specOf(task, 's'));
    const { layout: largerLayout } = await buildTrainingNetwork(larger, { imgsz: 128, batch: 1 });
    if (task !== 'classify') {
      expect(layout.parameterCount).toBeGreaterThan(700_000);
      expect(layout.parameterCount).toBeLessThan(900_000);
      expect(largerLayout.parameterCount).toBeGreaterThan(2_800_000);
    }
    expect(largerLayout.parameterCount).toBeLessThan(3_400_000);
    const { bytes, metadata } = await convertCheckpoint(small, { half: true });
    expect(bytes.length).toBeLessThan(2_000_000);
    expect(metadata).toMatchObject({ task, imgsz: '[128, 128]', stride: task === 'classify' ? '1' : '32' });
    const { readings } = await identifyModel(bytesSource(bytes));
    expect(readings[0].spec.task).toBe(task);
  });

  it('have the same weights for the same seed, and others for another', async () => {
    const first = await numbersOf(specOf('detect'));
    const second = await numbersOf(specOf('detect'));
    const third = await numbersOf({ ...specOf('detect'), seed: 2 });
    expect(first.parameters.every((number, index) => number === second.parameters[index])).toBe(true);
    expect(first.parameters.every((number, index) => number === third.parameters[index])).toBe(false);
  });

  it('begin as torch begins: kernels even within one over the root of their inputs', async () => {
    const { layout, parameters, statistics } = await numbersOf(specOf('segment'));
    for (const { name, shape, offset, length, kind } of layout.parameters) {
      const values = parameters.subarray(offset, offset + length);
      if (kind === 'norm') expect(new Set(values), name).toEqual(new Set([1]));
      if (kind !== 'weight') continue;
      const bound = 1 / Math.sqrt(shape.slice(1).reduce((product, side) => product * side, 1));
      const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      expect(largest, name).toBeLessThanOrEqual(bound);
      if (length < 256) continue;
      const spread = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / length);
      // Of an even distribution.
      expect(Math.abs((spread * Math.sqrt(3)) / bound - 1), name).toBeLessThan(0.15);
    }
    for (const { mean, variance } of layout.norms) {
      expect(statistics[mean.offset]).toBe(0);
      expect(statistics[variance.offset]).toBe(1);
    }
  });

  it('begin without objects: biases say few of them', async () => {
    const { layout, parameters } = await numbersOf(specOf('detect'));
    const biasesOf = (branch: string) =>
      layout.parameters
        .filter(({ name }) => new RegExp(`${branch}\\.\\d\\.2\\.bias$`).test(name))
        .map(({ offset }) => parameters[offset]);
    expect(biasesOf('cv2')).toEqual([1, 1, 1]);
    const expected = [8, 16, 32].map((stride) => Math.log(5 / 10 / (640 / stride) ** 2));
    for (const [level, bias] of biasesOf('cv3').entries()) expect(bias).toBeCloseTo(expected[level], 5);
  });
});
