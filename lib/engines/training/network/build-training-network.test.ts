import { describe, expect, it } from 'vitest';
import { families, familyCheckpoint } from '@/lib/engines/architecture/test-support/module-trees/families';
import { buildTrainingNetwork } from '@/lib/engines/training/network/build-training-network';

const trainable = families.filter(
  ({ name, task }) => !['semantic', 'depth'].includes(task) && !/26n-(seg|pose|obb)$/.test(name),
);

describe('networks built for training', () => {
  it.each(trainable)('$name gives its raw outputs', async (family) => {
    const checkpoint = familyCheckpoint(family);
    const network = await buildTrainingNetwork(checkpoint, { imgsz: 64, batch: 2 });
    expect(network.raw.task).toBe(family.task);
    expect(network.parameters.length).toBe(network.layout.parameters.length);
    expect(network.statistics.length).toBe(network.layout.norms.length);
  });
});
