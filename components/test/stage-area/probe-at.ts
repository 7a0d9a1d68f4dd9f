import { nameOf } from '@/components/test/session/summarise-result';
import type { ImagePoint } from '@/lib/engines/geometry/shape';
import type { VisionResult } from '@/lib/engines/vision/vision-result';

/** The value of a dense result under a point of the image, in words; null for results that are lists. */
export function probeAt(result: VisionResult, { x, y }: ImagePoint): string | null {
  const column = Math.floor(x);
  const row = Math.floor(y);
  const { width, height } = result.image;
  if (column < 0 || row < 0 || column >= width || row >= height) return null;
  const at = row * width + column;
  if (result.task === 'semantic') return nameOf(result.names, result.classMap[at] ?? 0);
  if (result.task === 'depth') return `${(result.depth[at] ?? 0).toFixed(2)} m`;
  return null;
}
