import { describe, expect, it } from 'vitest';
import { present } from '@/lib/core/assert';
import { convertCheckpoint } from '@/lib/engines/architecture/convert-checkpoint';
import { calibratedFamily } from '@/lib/engines/architecture/test-support/calibrated-family';
import { familyNamed } from '@/lib/engines/architecture/test-support/module-trees/families';
import { inMemoryTensor } from '@/lib/engines/architecture/test-support/module-trees/in-memory-tensor';
import { noiseImage } from '@/lib/engines/architecture/test-support/noise-image';
import { withConverted } from '@/lib/engines/architecture/test-support/run-converted';
import type { Checkpoint } from '@/lib/engines/model-files/checkpoint/checkpoint';
import { toFloat16 } from '@/lib/engines/model-files/float16';
import { buildTrainingNetwork } from '@/lib/engines/training/network/build-training-network';
import { readParameters } from '@/lib/engines/training/network/read-parameters';
import { withParameters, withTensors } from '@/lib/engines/training/network/with-parameters';

const side = 64;
const checkpoint = calibratedFamily(familyNamed('yolov8n'));

async function layoutOf(of: Checkpoint) {
  return (await buildTrainingNetwork(of, { imgsz: side, batch: 2 })).layout;
}

describe('parameters of a network as one vector', () => {
  it('come back as they were written, and nothing else changes', async () => {
    const layout = await layoutOf(checkpoint);
    const numbers = {
      parameters: Float32Array.from({ length: layout.parameterCount }, (_, index) => index),
      statistics: Float32Array.from({ length: layout.statisticCount }, (_, index) => index + 1),
    };
    const changed = withParameters(checkpoint, layout, numbers);
    const again = await readParameters(changed, layout);
    expect(again.parameters.every((number, index) => number === index)).toBe(true);
    expect(again.statistics.every((number, index) => number === index + 1)).toBe(true);
    expect((await readParameters(checkpoint, layout)).parameters[1]).not.toBe(1);
    const same = withParameters(checkpoint, layout, await readParameters(checkpoint, layout));
    expect(Buffer.compare((await convertCheckpoint(same)).bytes, (await convertCheckpoint(checkpoint)).bytes)).toBe(0);
  });

  it('are what the converted network computes with', async () => {
    const layout = await layoutOf(checkpoint);
    const numbers = await readParameters(checkpoint, layout);
    const moved = numbers.parameters.slice();
    for (const { name, offset, length } of layout.parameters) {
      // The last biases of the class branches: all logits are larger by one.
      if (!/cv3\.\d\.2\.bias$/.test(name)) continue;
      for (let index = offset; index < offset + length; index++) moved[index] += 1;
    }
    const changed = withParameters(checkpoint, layout, { ...numbers, parameters: moved });
    const scoresOf = (of: Checkpoint) =>
      withConverted(of, { imgsz: side }, async (network) => {
        const [{ data, dims }] = await network.run(noiseImage(5, side));
        return Array.from(data, Number).slice(4 * present(dims[2], 'anchors'));
      });
    const [before, after] = [await scoresOf(checkpoint), await scoresOf(changed)];
    const logit = (score: number) => Math.log(score / (1 - score));
    const moves = before.map((score, index) => logit(after[index]) - logit(score));
    expect(Math.min(...moves)).toBeCloseTo(1, 2);
    expect(Math.max(...moves)).toBeCloseTo(1, 2);
  });

  it('are singles of halves', async () => {
    const name = 'model.0.conv.weight';
    const layout = await layoutOf(checkpoint);
    const place = present(
      layout.parameters.find((parameter) => parameter.name === name),
      name,
    );
    const halves = toFloat16(Float32Array.from({ length: place.length }, (_, index) => index / 8));
    const tensor = {
      ...inMemoryTensor(place.shape, new Float32Array(place.length)),
      dtype: 'float16' as const,
      read: async () => new Uint8Array(halves.buffer),
    };
    const { parameters } = await readParameters(withTensors(checkpoint, new Map([[name, tensor]])), layout);
    expect(parameters.subarray(place.offset, place.offset + 3)).toEqual(Float32Array.of(0, 0.125, 0.25));
  });

  it('refuse numbers that are none', async () => {
    const layout = await layoutOf(checkpoint);
    const broken = { ...inMemoryTensor([8], new Float32Array(8).fill(Number.NaN)) };
    const name = 'model.0.bn.running_var';
    const reading = readParameters(withTensors(checkpoint, new Map([[name, broken]])), layout);
    await expect(reading).rejects.toMatchObject({ code: 'model-not-finite', found: expect.stringContaining(name) });
  });
});
