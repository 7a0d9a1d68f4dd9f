import type { ModelSpec } from '@/lib/engines/model-files/model-facts';
import type { HeadOutput } from '@/lib/engines/vision/head-output';
import type { MaskGrid } from '@/lib/engines/vision/masks';
import type { InstanceMask } from '@/lib/engines/vision/vision-result';

/**
 * Masks already computed for one output under one reading. A mask depends on its row alone, not on thresholds, so moving a
 * slider costs only the masks that were never shown before.
 */
export type MaskCache = {
  /** The mask of a row, computed at most once; null when nothing of it is set. */
  mask(owner: MaskOwner, row: number, compute: () => InstanceMask | null): InstanceMask | null;
};

type MaskOwner = { readonly spec: ModelSpec; readonly output: HeadOutput; readonly grid: MaskGrid };

/** Three full results: keeps a session of slider moves well below a hundred megabytes of ordinary masks. */
const maxMasks = 900;

/** An empty cache. It follows its caller from output to output: masks of another owner are forgotten at the first request. */
export function createMaskCache(): MaskCache {
  const masks = new Map<number, InstanceMask | null>();
  let current: MaskOwner | null = null;
  return {
    mask(owner, row, compute) {
      if (!isSameOwner(current, owner)) {
        masks.clear();
        current = owner;
      }
      const known = masks.get(row);
      if (known !== undefined) return known;
      const mask = compute();
      if (masks.size >= maxMasks) masks.clear();
      masks.set(row, mask);
      return mask;
    },
  };
}

function isSameOwner(one: MaskOwner | null, other: MaskOwner): boolean {
  return one?.spec === other.spec && one.output === other.output && one.grid === other.grid;
}
