import { describe, expect, it } from 'vitest';
import { bytesSource } from '@/lib/engines/model-files/byte-source';
import { graphCost } from '@/lib/engines/model-files/graph-cost';
import { identifyModel } from '@/lib/engines/model-files/identify-model';
import { inspectModelFile } from '@/lib/engines/model-files/inspect-model-file';
import { mutated } from '@/lib/engines/model-files/test-support/mutations';
import { seededRandom } from '@/lib/engines/model-files/test-support/seeded-random';
import { survive } from '@/lib/engines/model-files/test-support/survival';
import { tinyModel } from '@/lib/engines/model-files/test-support/tiny-models';

const models = [
  tinyModel({ task: 'detect' }),
  tinyModel({ task: 'segment', dynamic: true }),
  tinyModel({ task: 'classify', elementType: 'float16' }),
  tinyModel({ task: 'semantic', metadata: 'none' }),
];

async function useAll(bytes: Uint8Array): Promise<void> {
  const source = bytesSource(bytes);
  expect(JSON.stringify(await inspectModelFile(source)).length).toBeLessThan(200_000);
  const { readings } = await identifyModel(source);
  await graphCost(source, readings[0].spec.input);
}

describe('damaged ONNX files', () => {
  it('end in faults or open, whatever is damaged in the file', async () => {
    const random = seededRandom(21);
    const outcomes = new Map<string, number>();
    for (let round = 0; round < 5000; round += 1) {
      const bytes = mutated(models[round % models.length] ?? new Uint8Array(), random);
      const limits = { milliseconds: 200, mebibytes: 32 };
      const outcome = await survive(`case ${round}`, () => useAll(bytes), limits);
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }
    expect([...outcomes.keys()]).toEqual(expect.arrayContaining(['opened', 'model-not-onnx', 'model-truncated']));
  });
});
