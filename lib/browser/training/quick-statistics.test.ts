import { describe, expect, it } from 'vitest';
import { withQuickStatistics } from '@/lib/browser/training/quick-statistics';
import type { CheckpointValue, ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';
import { createSightlineCheckpoint } from '@/lib/engines/training/network/sightline/create-sightline-checkpoint';

const fresh = createSightlineCheckpoint({ size: 'n', task: 'detect', names: ['bolt'], seed: 0, imgsz: 64 });

function shares({ attributes, children }: ModuleNode): CheckpointValue[] {
  const own = attributes.get('momentum');
  return [
    ...(own === undefined ? [] : [own]),
    ...[...children.values()].flatMap((child) => (child ? shares(child) : [])),
  ];
}

describe('the statistics of a new network', () => {
  it.each([
    [10, 0.2],
    [100, 0.1],
    [1000, 0.03],
  ])('in a run of %i steps take a share of %f of each batch, in every normalisation', (steps, share) => {
    const found = shares(withQuickStatistics(fresh, steps).model);
    expect(found.length).toBe(shares(fresh.model).length);
    expect(found.length).toBeGreaterThan(20);
    expect(new Set(found)).toEqual(new Set([share]));
  });

  it('leave the network they came from as it was', () => {
    withQuickStatistics(fresh, 10);
    expect(new Set(shares(fresh.model))).toEqual(new Set([0.03]));
  });
});
