import { describe, expect, it } from 'vitest';
import { bytesSource } from '@/lib/engines/model-files/byte-source';
import { namedTensors } from '@/lib/engines/model-files/checkpoint/check-weights';
import { inspectCheckpoint } from '@/lib/engines/model-files/checkpoint/inspect-checkpoint';
import { openCheckpoint } from '@/lib/engines/model-files/checkpoint/open-checkpoint';
import { instructions } from '@/lib/engines/model-files/checkpoint/pickle/instructions';
import { CheckpointPickler } from '@/lib/engines/model-files/checkpoint/test-support/checkpoint-pickler';
import { executingPickles, twistedPickles } from '@/lib/engines/model-files/checkpoint/test-support/hostile-pickles';
import {
  tinyEntries,
  tinyNetwork,
  tinyTrainedCheckpoint,
} from '@/lib/engines/model-files/checkpoint/test-support/tiny-checkpoint';
import { zipOf } from '@/lib/engines/model-files/checkpoint/test-support/write-checkpoint';
import { mutated, pick } from '@/lib/engines/model-files/test-support/mutations';
import { seededRandom } from '@/lib/engines/model-files/test-support/seeded-random';
import { survive } from '@/lib/engines/model-files/test-support/survival';

const limits = { milliseconds: 200, mebibytes: 32 };

/** Everything that a program does with a file it was handed: opens it, reads every weight, and shows the report. */
async function useAll(bytes: Uint8Array): Promise<void> {
  const report = await inspectCheckpoint(bytesSource(bytes));
  expect(JSON.stringify(report).length).toBeLessThan(200_000);
  const { model } = await openCheckpoint(bytesSource(bytes));
  for (const [, tensor] of namedTensors(model)) await tensor.read();
}

async function outcomesOf(rounds: number, make: (round: number) => Uint8Array): Promise<ReadonlyMap<string, number>> {
  const outcomes = new Map<string, number>();
  for (let round = 0; round < rounds; round += 1) {
    const bytes = make(round);
    const outcome = await survive(`case ${round}`, () => useAll(bytes), limits);
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  }
  return outcomes;
}

describe('damaged checkpoints', () => {
  it('end in faults or open, whatever is damaged in the file', async () => {
    const random = seededRandom(11);
    const whole = tinyTrainedCheckpoint();
    const outcomes = await outcomesOf(4000, () => mutated(whole, random));
    expect([...outcomes.keys()]).toEqual(
      expect.arrayContaining(['opened', 'model-damaged', 'model-truncated', 'model-not-checkpoint']),
    );
  });

  it('end in faults or open, whatever is damaged in the pickle', async () => {
    const random = seededRandom(12);
    const pickler = new CheckpointPickler();
    const pickle = pickler.pickle(new Map(Object.entries({ model: tinyNetwork(), ...tinyEntries })));
    const outcomes = await outcomesOf(4000, () => zipOf(mutated(pickle, random), pickler.storages));
    expect([...outcomes.keys()]).toEqual(
      expect.arrayContaining(['opened', 'model-damaged', 'model-truncated', 'model-unsafe', 'model-unsupported']),
    );
  });

  it('end in faults when they were hostile before they were damaged', async () => {
    const random = seededRandom(13);
    const hostile = [...executingPickles('true'), ...twistedPickles()].map(({ bytes }) => bytes);
    const outcomes = await outcomesOf(2500, (round) => {
      const pickle = hostile[round % hostile.length] ?? new Uint8Array();
      return zipOf(mutated(pickle, random), [new Uint8Array(16)]);
    });
    expect(outcomes.has('opened')).toBe(false);
  });

  it('end in faults when they are programs of random instructions', async () => {
    const random = seededRandom(14);
    const codes = [...instructions.keys()];
    const outcomes = await outcomesOf(3000, () => {
      const program = Uint8Array.from({ length: 20 + pick(400, random) }, () => {
        return random() < 0.9 ? (codes[pick(codes.length, random)] ?? 0) : pick(256, random);
      });
      return zipOf(Uint8Array.of(0x80, 2, ...program, 0x2e));
    });
    expect(outcomes.size).toBeGreaterThan(2);
  });
});
