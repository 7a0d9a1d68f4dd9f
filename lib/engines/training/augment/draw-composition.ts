import { composed, scaling } from '@/lib/engines/training/augment/affine';
import type { Composition } from '@/lib/engines/training/augment/composition';
import type { View } from '@/lib/engines/training/augment/random-view';
import type { SourceImage } from '@/lib/engines/training/augment/source-image';
import { type Planes, warpTile } from '@/lib/engines/training/augment/warp-tile';

/** Grey around images, the level that the field trains with. */
const paddingLevel = 114 / 255;

/** Draws what a view shows of a composition; each pixel is sampled once from its image, however the maps are composed. */
export function drawComposition(
  { tiles }: Composition<{ readonly image: SourceImage }>,
  { map }: View,
  planes: Planes,
): void {
  planes.data.fill(paddingLevel);
  for (const { content, frame, visible } of tiles) {
    const { image } = content;
    const scaleX = (frame.x2 - frame.x1) / image.width;
    const scaleY = (frame.y2 - frame.y1) / image.height;
    const seen = {
      x1: (visible.x1 - frame.x1) / scaleX,
      y1: (visible.y1 - frame.y1) / scaleY,
      x2: (visible.x2 - frame.x1) / scaleX,
      y2: (visible.y2 - frame.y1) / scaleY,
    };
    warpTile(image, seen, composed(map, scaling(scaleX, scaleY, frame.x1, frame.y1)), planes);
  }
}
