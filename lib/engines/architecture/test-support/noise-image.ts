import { type FeatureMap, mapOf } from '@/lib/engines/architecture/test-support/oracle/feature-map';
import { seededRandom } from '@/lib/engines/model-files/test-support/seeded-random';

/** Side of the patches of an image that keep coarse levels from being all alike. */
const patch = 16;

/** An image of noise and patches in 0…1, the same for the same seed. */
export function noiseImage(seed: number, height: number, width = height): FeatureMap {
  const random = seededRandom(seed);
  const patches = new Map<string, number>();
  return mapOf(3, height, width, (channel, y, x) => {
    const place = [channel, Math.floor(y / patch), Math.floor(x / patch)].join();
    const level = patches.get(place) ?? random();
    patches.set(place, level);
    return Math.fround(0.6 * level + 0.4 * random());
  });
}
