import { type Handle, handlePoint, handles } from '@/components/train/document/box-geometry';
import type { PressTarget } from '@/components/train/stage/label-gesture';
import type { Box, ImagePoint } from '@/lib/engines/geometry/shape';

export type PlacedBox = { readonly id: string; readonly box: Box };

type PressContext = {
  readonly boxes: readonly PlacedBox[];
  readonly selectedId: string | null;
  /** How far from a handle or an edge still counts, in image pixels. */
  readonly reach: number;
};

/**
 * What lies under a press. The selected box comes first, with its handles before its body, so that it can be worked on where boxes
 * overlap; then edges of others, then their inside, the smallest first.
 */
export function pressTarget(at: ImagePoint, { boxes, selectedId, reach }: PressContext): PressTarget {
  const selected = boxes.find(({ id }) => id === selectedId);
  if (selected) {
    const handle = nearestHandle(selected.box, at, reach);
    if (handle) return { kind: 'handle', labelId: selected.id, box: selected.box, handle };
    if (isInside(selected.box, at, 0)) return { kind: 'body', labelId: selected.id, box: selected.box };
  }
  const bySize = [...boxes].sort((one, other) => areaOf(one.box) - areaOf(other.box));
  const edged = bySize.find(({ box }) => isInside(box, at, reach) && !isInside(box, at, -reach));
  if (edged) return { kind: 'body', labelId: edged.id, box: edged.box };
  const around = bySize.find(({ box }) => isInside(box, at, 0));
  return around ? { kind: 'inside', labelId: around.id } : { kind: 'empty' };
}

function nearestHandle(box: Box, at: ImagePoint, reach: number): Handle | null {
  let best: Handle | null = null;
  let least = reach;
  for (const handle of handles) {
    const { x, y } = handlePoint(box, handle);
    const distance = Math.hypot(x - at.x, y - at.y);
    if (distance > least) continue;
    least = distance;
    best = handle;
  }
  return best;
}

function isInside({ x1, y1, x2, y2 }: Box, { x, y }: ImagePoint, margin: number): boolean {
  return x >= x1 - margin && x <= x2 + margin && y >= y1 - margin && y <= y2 + margin;
}

function areaOf({ x1, y1, x2, y2 }: Box): number {
  return (x2 - x1) * (y2 - y1);
}
