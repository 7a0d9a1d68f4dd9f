import type { ModelSpec } from '@/lib/engines/model-files/model-facts';
import type { RowBests } from '@/lib/engines/vision/candidates';
import type { HeadOutput } from '@/lib/engines/vision/head-output';
import type { MaskGrid } from '@/lib/engines/vision/masks';
import type { InstanceMask, VisionResult } from '@/lib/engines/vision/vision-result';

/**
 * What was already worked out for one output under one reading and does not depend on thresholds: the best class of every
 * row, and masks. Moving a slider then costs a filter, NMS, and only the masks that were never shown before.
 */
export type MaskCache = {
  /** The best class of every row, computed at most once. */
  bests(owner: MaskOwner, compute: () => RowBests): RowBests;
  /** The mask of a row, computed at most once; null when nothing of it is set. */
  mask(owner: MaskOwner, row: number, compute: () => InstanceMask | null): InstanceMask | null;
  /** Takes over the masks of a result that was worked out elsewhere, as in a worker, from an equal output and reading. */
  keep(owner: MaskOwner, result: VisionResult): void;
};

type MaskOwner = { readonly spec: ModelSpec; readonly output: HeadOutput; readonly grid: MaskGrid };

/** Three full results: keeps a session of slider moves well below a hundred megabytes of ordinary masks. */
const maxMasks = 900;

/** An empty cache. It follows its caller from output to output: what belongs to another owner is forgotten at the first request. */
export function createMaskCache(): MaskCache {
  const masks = new Map<number, InstanceMask | null>();
  let bests: RowBests | null = null;
  let current: MaskOwner | null = null;

  function follow(owner: MaskOwner): void {
    if (isSameOwner(current, owner)) return;
    masks.clear();
    bests = null;
    current = owner;
  }

  return {
    bests(owner, compute) {
      follow(owner);
      bests ??= compute();
      return bests;
    },
    mask(owner, row, compute) {
      follow(owner);
      const known = masks.get(row);
      if (known !== undefined) return known;
      const mask = compute();
      if (masks.size >= maxMasks) masks.clear();
      masks.set(row, mask);
      return mask;
    },
    keep(owner, result) {
      follow(owner);
      if (result.task !== 'segment') return;
      for (const { index, mask } of result.detections) masks.set(index, mask);
    },
  };
}

function isSameOwner(one: MaskOwner | null, other: MaskOwner): boolean {
  return one?.spec === other.spec && one.output === other.output && one.grid === other.grid;
}
