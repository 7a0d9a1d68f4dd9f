import { type Affine, moved } from '@/lib/engines/scenes/raster/affine';
import type { Colour } from '@/lib/engines/scenes/raster/colour';
import { type CoverageBuffer, createCoverageBuffer } from '@/lib/engines/scenes/raster/coverage';
import { type PaintSampler, paintSampler } from '@/lib/engines/scenes/raster/paint-sampler';
import type { Shape } from '@/lib/engines/scenes/raster/shape';

/** Pixels whose colour is a shape's by at least half are the shape's. */
const half = 0.5;

/** Less changes no colour. */
const faintest = 1 / 512;

/** A picture being painted, shape over shape, and whose each of its pixels is. */
export type Picture = {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue of each pixel, 0–255; light may exceed that until the picture is developed. */
  readonly colours: Float32Array;
  /** The owner of each pixel: 0 for scenery. */
  readonly owners: Uint16Array;
  /** Number of pixels that each owner painted, whoever covered them later. */
  readonly painted: number[];
  paint(shape: Shape, to: Affine, owner: number, tone: (colour: Colour) => Colour): void;
};

export function createPicture(width: number, height: number): Picture {
  const colours = new Float32Array(3 * width * height);
  const owners = new Uint16Array(width * height);
  const painted: number[] = [];
  const coverage: CoverageBuffer = createCoverageBuffer(width, height);
  const row = new Float32Array(width + 2);
  const shares = new Float32Array(width + 2);

  function own(y: number, left: number, count: number, owner: number): void {
    let fresh = 0;
    for (let k = 0, at = y * width + left; k < count; k++, at++) {
      if (row[k] < half || owners[at] === owner) continue;
      owners[at] = owner;
      fresh++;
    }
    painted[owner] = (painted[owner] ?? 0) + fresh;
  }

  function blendOne(y: number, left: number, count: number, [red, green, blue]: Colour, alpha: number): void {
    for (let k = 0, at = 3 * (y * width + left); k < count; k++, at += 3) {
      const weight = row[k] * alpha;
      if (weight < faintest) continue;
      colours[at] += (red - colours[at]) * weight;
      colours[at + 1] += (green - colours[at + 1]) * weight;
      colours[at + 2] += (blue - colours[at + 2]) * weight;
    }
  }

  function blendGradient(
    y: number,
    left: number,
    count: number,
    { from, to, fades }: PaintSampler,
    alpha: number,
  ): void {
    const [red, green, blue] = from;
    const [redStep, greenStep, blueStep] = [to[0] - red, to[1] - green, to[2] - blue];
    for (let k = 0, at = 3 * (y * width + left); k < count; k++, at += 3) {
      if (row[k] < faintest) continue;
      const share = shares[k];
      const weight = row[k] * alpha * (fades ? (1 - share) * (1 - share) : 1);
      colours[at] += (red + redStep * share - colours[at]) * weight;
      colours[at + 1] += (green + greenStep * share - colours[at + 1]) * weight;
      colours[at + 2] += (blue + blueStep * share - colours[at + 2]) * weight;
    }
  }

  return {
    width,
    height,
    colours,
    owners,
    painted,
    paint({ rings, paint, alpha, role }, to, owner, tone) {
      const bounds = coverage.fill(rings.map((ring) => moved(ring, to)));
      if (bounds === null) return;
      const sampler = paintSampler(paint, to, tone);
      const count = bounds.right - bounds.left;
      for (let y = bounds.top; y < bounds.bottom; y++) {
        coverage.readRow(y, row);
        if (role === 'body') own(y, bounds.left, count, owner);
        if (sampler.readShares === null) {
          blendOne(y, bounds.left, count, sampler.from, alpha);
          continue;
        }
        sampler.readShares(y, bounds.left, count, shares);
        blendGradient(y, bounds.left, count, sampler, alpha);
      }
    },
  };
}
