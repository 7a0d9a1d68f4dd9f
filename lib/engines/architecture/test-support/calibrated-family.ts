import { type Family, familyCheckpoint } from '@/lib/engines/architecture/test-support/module-trees/families';
import { noiseImage } from '@/lib/engines/architecture/test-support/noise-image';
import { calibrate } from '@/lib/engines/architecture/test-support/oracle/calibrate';
import type { Checkpoint } from '@/lib/engines/model-files/checkpoint/checkpoint';

/** Enough pixels for the coarsest level to have statistics. */
const calibrationSide = 128;

const made = new Map<Family, Checkpoint>();

/**
 * The small network of a family, with normalisations that keep its activations within bounds, so that its answers tell
 * something. It is made once: nobody changes it.
 */
export function calibratedFamily(family: Family): Checkpoint {
  const known = made.get(family);
  if (known !== undefined) return known;
  const checkpoint = familyCheckpoint(family);
  calibrate(checkpoint, noiseImage(1, calibrationSide));
  made.set(family, checkpoint);
  return checkpoint;
}
