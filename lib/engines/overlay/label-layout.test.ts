import { describe, expect, it } from 'vitest';
import { type LabelPlacement, type LabelRequest, layoutLabels } from '@/lib/engines/overlay/label-layout';

const bounds = { x1: 0, y1: 0, x2: 800, y2: 600 };
const chip = { width: 80, height: 16, pinned: false };

function request(x1: number, y1: number, x2: number, y2: number, changes: Partial<LabelRequest> = {}): LabelRequest {
  return { box: { x1, y1, x2, y2 }, ...chip, ...changes };
}

/** Deterministic scatter: a linear congruential generator, so that a failure can be repeated. */
function scattered(count: number): LabelRequest[] {
  let seed = 11;
  const random = () => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return seed / 2147483648;
  };
  return Array.from({ length: count }, () => {
    const x = random() * 760;
    const y = random() * 560;
    return request(x, y, x + 20 + random() * 150, y + 20 + random() * 150);
  });
}

function overlapping(requests: readonly LabelRequest[], placements: readonly LabelPlacement[]): number {
  const chips = placements.flatMap((placement, index) => {
    const { width = 0, height = 0 } = requests[index] ?? {};
    return placement.kind === 'chip' ? [{ ...placement, width, height }] : [];
  });
  return chips.filter((one, at) =>
    chips
      .slice(at + 1)
      .some(
        (other) =>
          one.x < other.x + other.width &&
          other.x < one.x + one.width &&
          one.y < other.y + other.height &&
          other.y < one.y + one.height,
      ),
  ).length;
}

describe('layoutLabels', () => {
  it('puts a lone chip outside the box at its top-left corner', () => {
    expect(layoutLabels([request(100, 100, 300, 300)], bounds)).toEqual([{ kind: 'chip', x: 100, y: 84 }]);
  });

  it('slides inside at the top, right and left border of the image', () => {
    expect(layoutLabels([request(100, 4, 300, 300)], bounds)).toEqual([{ kind: 'chip', x: 100, y: 0 }]);
    expect(layoutLabels([request(780, 100, 800, 300)], bounds)).toEqual([{ kind: 'chip', x: 720, y: 84 }]);
    expect(layoutLabels([request(-50, 100, 60, 300)], bounds)).toEqual([{ kind: 'chip', x: 0, y: 84 }]);
  });

  it('steps aside along the top edge for a more certain neighbour', () => {
    const placements = layoutLabels([request(100, 100, 300, 300), request(120, 100, 320, 300)], bounds);
    expect(placements[1]).toEqual({ kind: 'chip', x: 180, y: 84 });
  });

  it('never lets two chips overlap, however crowded', () => {
    const requests = scattered(300);
    const placements = layoutLabels(requests, bounds);
    expect(placements.filter(({ kind }) => kind === 'chip').length).toBeGreaterThan(40);
    expect(overlapping(requests, placements)).toBe(0);
  });

  it('shrinks what fits nowhere to a dot on the box corner', () => {
    const placements = layoutLabels(
      Array.from({ length: 12 }, () => request(100, 100, 150, 150)),
      bounds,
    );
    expect(placements.at(-1)).toEqual({ kind: 'dot', x: 100, y: 100 });
  });

  it('shows a pinned label in full where an unpinned one would be a dot, and moves no other for it', () => {
    const requests = Array.from({ length: 12 }, () => request(100, 100, 150, 150));
    const plain = layoutLabels(requests, bounds);
    const pinned = layoutLabels(
      requests.map((each, index) => ({ ...each, pinned: index === 11 })),
      bounds,
    );
    expect(pinned.at(-1)?.kind).toBe('chip');
    expect(pinned.slice(0, -1)).toEqual(plain.slice(0, -1));
  });

  it('places nothing for a box out of bounds', () => {
    expect(layoutLabels([request(900, 100, 950, 150)], bounds)).toEqual([{ kind: 'none' }]);
  });

  it('answers the same for the same requests', () => {
    expect(layoutLabels(scattered(120), bounds)).toEqual(layoutLabels(scattered(120), bounds));
  });
});
