import { describe, expect, it } from 'vitest';
import { type Affine, composed, inverted, scaling } from '@/lib/engines/training/augment/affine';
import { createRandom } from '@/lib/engines/training/augment/seeded-random';
import type { SourceImage } from '@/lib/engines/training/augment/source-image';
import { type Planes, warpTile } from '@/lib/engines/training/augment/warp-tile';

function noise(width: number, height: number): SourceImage {
  const random = createRandom(9);
  return { width, height, data: Uint8Array.from({ length: 3 * width * height }, () => random.below(256)) };
}

function blank(side: number): Planes {
  return { data: new Float32Array(3 * side * side).fill(-1), side };
}

function whole({ width, height }: SourceImage) {
  return { x1: 0, y1: 0, x2: width, y2: height };
}

/** The level of one channel at a point between pixels, 0–1, as written in any book. */
function sampled({ width, height, data }: SourceImage, channel: number, x: number, y: number): number {
  const u = Math.min(Math.max(x - 0.5, 0), width - 1);
  const v = Math.min(Math.max(y - 0.5, 0), height - 1);
  const at = (column: number, row: number) =>
    data[3 * (Math.min(row, height - 1) * width + Math.min(column, width - 1)) + channel];
  const [left, top] = [Math.floor(u), Math.floor(v)];
  const [fx, fy] = [u - left, v - top];
  const upper = at(left, top) * (1 - fx) + at(left + 1, top) * fx;
  const lower = at(left, top + 1) * (1 - fx) + at(left + 1, top + 1) * fx;
  return (upper * (1 - fy) + lower * fy) / 255;
}

describe('warpTile', () => {
  it('gives the very pixels where nothing moves, mirrored where they are mirrored', () => {
    const image = noise(8, 8);
    for (const mirror of [1, -1]) {
      const planes = blank(8);
      warpTile(image, whole(image), scaling(mirror, mirror, mirror < 0 ? 8 : 0, mirror < 0 ? 8 : 0), planes);
      const expected = Float32Array.from({ length: 192 }, (_, k) => {
        const p = k % 64;
        return image.data[3 * (mirror < 0 ? 63 - p : p) + Math.floor(k / 64)] / 255;
      });
      expect(planes.data).toEqual(expected);
    }
  });

  it('samples between pixels, within the image and nowhere else, by any map', () => {
    const image = noise(13, 9);
    const random = createRandom(2);
    const side = 24;
    for (let round = 0; round < 50; round++) {
      const angle = random.uniform(-Math.PI, Math.PI);
      const scale = random.uniform(0.4, 3);
      const turn: Affine = {
        a: scale * Math.cos(angle),
        b: -scale * Math.sin(angle),
        c: random.uniform(-5, 20),
        d: scale * Math.sin(angle),
        e: scale * Math.cos(angle),
        f: random.uniform(-5, 20),
      };
      const map = composed(turn, { a: 1, b: random.uniform(-0.5, 0.5), c: 0, d: 0, e: 1, f: 0 });
      const back = inverted(map);
      const visible = { x1: 2, y1: 1, x2: 11.5, y2: 8 };
      const planes = blank(side);
      warpTile(image, visible, map, planes);
      for (let p = 0; p < side * side; p++) {
        const [px, py] = [(p % side) + 0.5, Math.floor(p / side) + 0.5];
        const x = back.a * px + back.b * py + back.c;
        const y = back.d * px + back.e * py + back.f;
        const margin = Math.min(x - visible.x1, visible.x2 - x, y - visible.y1, visible.y2 - y);
        if (Math.abs(margin) < 1e-4) continue;
        for (let channel = 0; channel < 3; channel++) {
          const found = planes.data[channel * side * side + p];
          // Weights have eight bits.
          if (margin < 0) expect(found).toBe(-1);
          else expect(Math.abs(found - sampled(image, channel, x, y))).toBeLessThan(0.01);
        }
      }
    }
  });

  it('leaves no gap between neighbours', () => {
    const image = noise(10, 10);
    for (const seam of [3.5, 5, 6.123456789]) {
      const planes = blank(10);
      warpTile(image, { x1: 0, y1: 0, x2: seam, y2: 10 }, scaling(1, 1), planes);
      warpTile(image, { x1: seam, y1: 0, x2: 10, y2: 10 }, scaling(1, 1), planes);
      expect(Math.min(...planes.data)).toBeGreaterThanOrEqual(0);
    }
  });

  it('draws an image of a single pixel', () => {
    const planes = blank(4);
    warpTile({ width: 1, height: 1, data: Uint8Array.of(255, 51, 0) }, whole(noise(1, 1)), scaling(4, 4), planes);
    expect(Array.from(planes.data)).toEqual([
      ...Array(16).fill(1),
      ...Array(16).fill(Math.fround(0.2)),
      ...Array(16).fill(0),
    ]);
  });
});
