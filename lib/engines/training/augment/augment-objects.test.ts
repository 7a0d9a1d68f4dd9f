import { describe, expect, it } from 'vitest';
import { orientedBoxCorners } from '@/lib/engines/geometry/oriented-box';
import type { Box, ImagePoint, OrientedBox } from '@/lib/engines/geometry/shape';
import { augmentObjects, type LabelledPixels } from '@/lib/engines/training/augment/augment-objects';
import { type Augmentation, noAugmentation } from '@/lib/engines/training/augment/augmentation';
import type { PlacedObject } from '@/lib/engines/training/augment/placed-object';
import { createRandom } from '@/lib/engines/training/augment/seeded-random';
import {
  boundsOfPixels,
  colouredShapes,
  pixelsOf,
  turnedRectangle,
} from '@/lib/engines/training/augment/test-support/coloured-shapes';
import { fillCells } from '@/lib/engines/training/augment/test-support/fill-cells';
import type { Planes } from '@/lib/engines/training/augment/warp-tile';
import type { ObjectTask } from '@/lib/engines/training/dataset/object-label';

const side = 128;

/** Wide, tall, square and small images, each with two shapes; classes 0 to 7. */
const sizes = [
  [128, 96],
  [72, 128],
  [128, 128],
  [64, 48],
] as const;

const straight = sizes.map(([width, height], image) =>
  colouredShapes(width, height, [
    { classId: 2 * image, outline: turnedRectangle(width * 0.25, height * 0.3, width * 0.3, height * 0.35, 0) },
    { classId: 2 * image + 1, outline: turnedRectangle(width * 0.7, height * 0.65, width * 0.4, height * 0.3, 0) },
  ]),
);

const turned = sizes.map(([width, height], image) =>
  colouredShapes(width, height, [
    { classId: 2 * image, outline: turnedRectangle(width * 0.3, height * 0.3, width * 0.35, height * 0.2, 25) },
    { classId: 2 * image + 1, outline: turnedRectangle(width * 0.65, height * 0.65, width * 0.4, height * 0.2, -50) },
  ]),
);

/** Each of the first seven is an L, whose bounds say little about where it is. */
const angled = sizes.map(([width, height], image) => {
  const corners = [0.1, 0.1, 0.4, 0.1, 0.4, 0.6, 0.9, 0.6, 0.9, 0.9, 0.1, 0.9];
  const outline = corners.map((share, k) => share * (k % 2 === 0 ? width : height));
  return colouredShapes(width, height, [{ classId: image, outline }]);
});

const ranges: Augmentation = { ...noAugmentation, mosaic: 0.7, scale: 0.5, translate: 0.2, fliplr: 0.5, flipud: 0.5 };
const anyView: Augmentation = { ...ranges, degrees: 180, shear: 15 };
const seeds = Array.from({ length: 40 }, (_, seed) => seed);

type Made = { readonly planes: Planes; readonly objects: readonly PlacedObject[] };

function make(sources: readonly LabelledPixels[], task: ObjectTask, augmentation: Augmentation, seed: number): Made {
  const random = createRandom(seed);
  const planes = { data: new Float32Array(3 * side * side), side };
  const [first, second, third, fourth] = sources;
  const group = random.chance(augmentation.mosaic)
    ? ([first, second, third, fourth] as const)
    : ([sources[seed % sources.length]] as const);
  return { planes, objects: augmentObjects([group], { task, augmentation, flipIndices: null }, random, planes) };
}

/** Pixels of an object, with all that is known of it; objects of which hardly anything is seen are left out. */
function seen({ planes, objects }: Made): { object: PlacedObject | undefined; pixels: ImagePoint[] }[] {
  return Array.from({ length: 8 }, (_, classId) => ({
    object: objects.find((each) => each.classId === classId),
    pixels: pixelsOf(planes, classId),
  }));
}

/**
 * Pixels at the rim are mixed with black and not counted: two of a small image that is scaled up. In the sharp corners of slanted
 * shapes there are more of them.
 */
const rim = 3;
const sharpRim = 6;

/** A box must hold all pixels, and reach no farther beyond them than the rim. */
function expectAround(box: Box, pixels: readonly ImagePoint[], widest: number): void {
  const seen = boundsOfPixels(pixels);
  const excess = [seen.x1 - box.x1, seen.y1 - box.y1, box.x2 - seen.x2, box.y2 - seen.y2];
  expect(Math.min(...excess), `${excess}`).toBeGreaterThan(-0.75);
  expect(Math.max(...excess), `${excess}`).toBeLessThan(widest);
}

/** How far a point lies outside an oriented box. */
function distanceOutside({ x, y }: ImagePoint, { cx, cy, width, height, angle }: OrientedBox): number {
  const along = (x - cx) * Math.cos(angle) + (y - cy) * Math.sin(angle);
  const across = (y - cy) * Math.cos(angle) - (x - cx) * Math.sin(angle);
  return Math.max(Math.abs(along) - width / 2, Math.abs(across) - height / 2);
}

describe('augmentObjects', () => {
  it.each([
    ['straight', ranges, rim],
    ['turned and slanted', anyView, sharpRim],
  ] as const)('keeps boxes around their objects: %s views', (_, augmentation, widest) => {
    let checked = 0;
    for (const seed of seeds) {
      for (const { object, pixels } of seen(make(straight, 'detect', augmentation, seed))) {
        if (object === undefined) {
          // A box that is dropped shows less than a tenth of its object, or a strip.
          if (pixels.length > 0) expect(isScrap(pixels), `${pixels.length} pixels, seed ${seed}`).toBe(true);
        } else if (pixels.length > 30) {
          expectAround(object.box, pixels, widest);
          checked++;
        }
      }
    }
    expect(checked).toBeGreaterThan(60);
  });

  it('turns oriented boxes with their objects and fits them to what is seen', () => {
    let checked = 0;
    for (const seed of seeds) {
      for (const { object, pixels } of seen(make(turned, 'obb', { ...ranges, degrees: 180 }, seed))) {
        if (!object?.oriented || pixels.length < 100) continue;
        const { oriented } = object;
        for (const pixel of pixels) expect(distanceOutside(pixel, oriented)).toBeLessThan(0.5);
        expect(oriented.angle).toBeGreaterThanOrEqual(-Math.PI / 4);
        expect(oriented.angle).toBeLessThan((3 * Math.PI) / 4);
        const isWhole = orientedBoxCorners(oriented).every((corner) => isInside(corner));
        if (!isWhole) continue;
        const shrunk = (oriented.width - rim) * (oriented.height - rim);
        expect(pixels.length).toBeGreaterThan(shrunk * 0.8);
        checked++;
      }
    }
    expect(checked).toBeGreaterThan(40);
  });

  it('clips outlines to what is seen, cell by cell', () => {
    let checked = 0;
    for (const seed of seeds) {
      for (const { object, pixels } of seen(make(angled, 'segment', anyView, seed))) {
        if (!object?.outline || pixels.length < 100) continue;
        const cells = new Int32Array(side * side);
        fillCells(cells, { width: side, height: side }, object.outline, 1);
        const inside = pixels.filter(({ x, y }) => cells[Math.floor(y) * side + Math.floor(x)] === 1).length;
        expect(inside / pixels.length).toBeGreaterThan(0.98);
        const filled = cells.reduce((sum, cell) => sum + cell, 0);
        // What is filled beyond the pixels of pure colour is the rim.
        expect(filled - pixels.length).toBeLessThan(rim * 8 * Math.sqrt(filled));
        // An arm of the L may be seen as a strip of mixed pixels only; how far boxes reach is tested with the regions.
        expectAround(object.box, pixels, side);
        checked++;
      }
    }
    expect(checked).toBeGreaterThan(40);
  });

  it('gives the image and labels back as they are without any augmentation', () => {
    const [, , square] = straight;
    const planes = { data: new Float32Array(3 * side * side), side };
    const options = { task: 'detect', augmentation: noAugmentation, flipIndices: null } as const;
    const objects = augmentObjects([[square]], options, createRandom(0), planes);
    for (let p = 0; p < side * side; p++) {
      for (let channel = 0; channel < 3; channel++) {
        expect(planes.data[channel * side * side + p]).toBe(Math.fround(square.image.data[3 * p + channel] / 255));
      }
    }
    expect(objects.map(({ box }) => boundsOfPixelsRounded(box))).toEqual(
      [0, 1].map((k) => boundsOfPixelsRounded(boundsOfPixels(pixelsOf(planes, 4 + k)))),
    );
  });

  it('lays a second image over the first and keeps the objects of both', () => {
    const [first, , second] = straight;
    const planes = { data: new Float32Array(3 * side * side), side };
    const options = { task: 'detect', augmentation: noAugmentation, flipIndices: null } as const;
    const objects = augmentObjects([[first], [second]], options, createRandom(5), planes);
    expect(objects.map(({ classId }) => classId)).toEqual([0, 1, 4, 5]);
    // Red is full in both shapes: it tells the shares where only one of them lies.
    const levels = new Set(Array.from(planes.data.subarray(0, side * side), (level) => Math.round(level * 1000)));
    const share = Math.max(...[...levels].filter((level) => level < 1000)) / 1000;
    expect(share).toBeGreaterThan(0.5);
    expect(share).toBeLessThan(0.9);
  });
});

describe('keypoints', () => {
  /** A dot for each point: its colour says where it is, the class is its number. */
  function dots(): LabelledPixels {
    const points = [
      [40, 30],
      [90, 40],
      [60, 100],
      [30, 80],
    ];
    const { image, labels } = colouredShapes(
      side,
      side,
      points.map(([x, y], classId) => ({ classId, outline: turnedRectangle(x, y, 12, 12, 0) })),
    );
    const keypoints = Float32Array.from(points.flatMap(([x, y]) => [x / side, y / side, 2]));
    return {
      image,
      labels: [{ ...labels[0], box: { cx: 0.5, cy: 0.5, width: 0.8, height: 0.8 }, outline: null, keypoints }],
    };
  }

  function posed(seed: number, augmentation: Augmentation, flipIndices: readonly number[] | null): Made {
    const planes = { data: new Float32Array(3 * side * side), side };
    const options = { task: 'pose', augmentation, flipIndices } as const;
    return { planes, objects: augmentObjects([[dots()]], options, createRandom(seed), planes) };
  }

  function middleOf(pixels: readonly ImagePoint[]): ImagePoint {
    const sum = pixels.reduce((one, other) => ({ x: one.x + other.x, y: one.y + other.y }), { x: 0, y: 0 });
    return { x: sum.x / pixels.length, y: sum.y / pixels.length };
  }

  it('go with their image, and are not seen outside of it', () => {
    let [shown, hidden] = [0, 0];
    for (const seed of seeds) {
      const { planes, objects } = posed(seed, { ...anyView, translate: 0.4, fliplr: 0, flipud: 0 }, null);
      for (const { keypoints } of objects) {
        for (let k = 0; keypoints && k < 4; k++) {
          const [x, y, visibility] = keypoints.subarray(3 * k, 3 * k + 3);
          const pixels = pixelsOf(planes, k);
          if (visibility === 0) {
            expect([x, y]).toEqual([0, 0]);
            expect(pixels.length).toBeLessThan(160);
            hidden++;
          } else if (pixels.length > 0 && [x, y].every((at) => at > 14 && at < side - 14)) {
            const middle = middleOf(pixels);
            expect(Math.hypot(x - middle.x, y - middle.y)).toBeLessThan(1);
            shown++;
          }
        }
      }
    }
    expect(shown).toBeGreaterThan(60);
    expect(hidden).toBeGreaterThan(10);
  });

  it('change places in a mirror, whichever way it hangs, and keep them where two are', () => {
    const flipIndices = [1, 0, 2, 3];
    for (const [fliplr, flipud, left] of [
      [1, 0, 1],
      [0, 1, 1],
      [1, 1, 0],
    ] as const) {
      const { planes, objects } = posed(3, { ...noAugmentation, fliplr, flipud }, flipIndices);
      const middle = middleOf(pixelsOf(planes, left));
      const [x, y, visibility] = objects[0].keypoints ?? [];
      expect([x, y, visibility]).toEqual([middle.x, middle.y, 2].map((value) => expect.closeTo(value, 3)));
    }
  });

  it('are never mirrored where nobody says how', () => {
    const { planes } = posed(3, { ...noAugmentation, fliplr: 1, flipud: 1 }, null);
    expect(middleOf(pixelsOf(planes, 0))).toEqual({ x: 40, y: 30 });
  });
});

/** So little that nothing can be learnt from it. */
function isScrap(pixels: readonly ImagePoint[]): boolean {
  const { x1, y1, x2, y2 } = boundsOfPixels(pixels);
  return pixels.length < 250 || Math.min(x2 - x1, y2 - y1) < 4;
}

function isInside({ x, y }: ImagePoint): boolean {
  return x > 0 && y > 0 && x < side && y < side;
}

function boundsOfPixelsRounded({ x1, y1, x2, y2 }: Box): number[] {
  return [x1, y1, x2, y2].map(Math.round);
}
