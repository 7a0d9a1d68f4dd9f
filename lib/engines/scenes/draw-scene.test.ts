import { describe, expect, it } from 'vitest';
import { ringArea } from '@/lib/engines/geometry/polygon';
import type { Box, OrientedBox } from '@/lib/engines/geometry/shape';
import { aerialStage } from '@/lib/engines/scenes/aerial/aerial-stage';
import { drawScene, drawStage } from '@/lib/engines/scenes/draw-scene';
import { measureCast } from '@/lib/engines/scenes/labels/measure-cast';
import { sceneRandom } from '@/lib/engines/scenes/random';
import { classesOf, sceneTasks } from '@/lib/engines/scenes/scene-classes';
import { sportStage } from '@/lib/engines/scenes/sport/sport-stage';
import { type Figure, paintStage, type Stage } from '@/lib/engines/scenes/stage';
import { streetStage } from '@/lib/engines/scenes/street/street-stage';

const size = { width: 320, height: 240 };
const designs = { street: streetStage, sport: sportStage, aerial: aerialStage };

/** The stage without one figure, and without any shadow in either. */
function shadowless(stage: Stage): Stage {
  return { ...stage, placements: stage.placements.map((placement) => ({ ...placement, shadow: null })) };
}

function without(stage: Stage, figure: Figure): Stage {
  return {
    ...stage,
    placements: stage.placements.map((placement) => ({
      ...placement,
      layers: placement.layers.filter((layer) => layer.figure !== figure),
    })),
  };
}

/** Bodies only: reflections and glows may reach beyond what they lie on. */
function bodiesOnly(stage: Stage): Stage {
  return {
    ...stage,
    placements: stage.placements.map((placement) => ({
      ...placement,
      layers: placement.layers.map((layer) => ({
        ...layer,
        drawing: layer.drawing.filter(({ role }) => role === 'body'),
      })),
    })),
  };
}

describe('drawScene', () => {
  it.each(sceneTasks)('draws the same %s scene for the same seed, and another for another', (task) => {
    const [one, same, other] = [drawScene(task, 7, size), drawScene(task, 7, size), drawScene(task, 8, size)];
    expect(same).toEqual(one);
    expect(other.pixels).not.toEqual(one.pixels);
  });

  it.each(sceneTasks)('shows every class of %s', (task) => {
    const seen = new Set<string>();
    for (let seed = 0; seed < 60 && !classesOf[task].every((name) => seen.has(name)); seed++) {
      for (const { className } of drawScene(task, seed, size).objects) seen.add(className);
    }
    expect([...seen]).toEqual(expect.arrayContaining([...classesOf[task]]));
  });

  it('shows one object of the class whose turn it is', () => {
    classesOf.classify.forEach((name, turn) => {
      expect(drawScene('classify', 100 + turn, size, turn).objects.map(({ className }) => className)).toEqual([name]);
    });
  });

  it.each([
    [64, 64],
    [97, 211],
    [500, 90],
  ])('fits %d × %d pixels', (width, height) => {
    for (const task of sceneTasks) {
      const { pixels, objects } = drawScene(task, 5, { width, height });
      expect(pixels.length).toBe(3 * width * height);
      for (const { box } of objects) {
        expect(box.x1 >= 0 && box.y1 >= 0 && box.x2 <= width && box.y2 <= height).toBe(true);
      }
    }
  });
});

describe.each(Object.entries(designs))('labels of a %s scene', (_name, design) => {
  it('are the pixels that change when the object goes', () => {
    let checked = 0;
    for (let seed = 1; checked < 12; seed++) {
      const stage = bodiesOnly(shadowless(design(sceneRandom(seed), size)));
      const { picture, cast } = paintStage(stage);
      for (const member of cast.slice(-4)) {
        const [object] = measureCast(picture, [member]);
        if (object === undefined) continue;
        const changed = changedPixels(picture.colours, paintStage(without(stage, member.figure)).picture.colours);
        // Beside its own pixels an object colours a rim of partly covered ones, and what is seen through a bicycle's spokes.
        const scenery = [...changed].filter((at) => picture.owners[at] === 0);
        expect(scenery.filter((at) => !isBeside(picture.owners, member.owner, at))).toEqual([]);
        // A few of its own may have the very colour of what is behind.
        const own = picture.owners.reduce((count, owner) => count + (owner === member.owner ? 1 : 0), 0);
        const kept = picture.owners.reduce(
          (count, owner, at) => count + (owner === member.owner && !changed.has(at) ? 1 : 0),
          0,
        );
        expect(object.area).toBe(own);
        expect(kept).toBeLessThan(Math.max(4, own * 0.05));
        checked++;
      }
    }
  });

  it('agree with one another: box, outlines, rotated box, keypoints', () => {
    for (let seed = 20; seed < 26; seed++) {
      for (const { box, outlines, area, orientedBox, keypoints } of drawStage(design, sceneRandom(seed), size)
        .objects) {
        const xs = outlines.flatMap((ring) => [...ring].filter((_, k) => k % 2 === 0));
        const ys = outlines.flatMap((ring) => [...ring].filter((_, k) => k % 2 === 1));
        expect([Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]).toEqual(Object.values(box));
        expect(outlines.reduce((sum, ring) => sum + ringArea(ring), 0)).toBeGreaterThanOrEqual(area);
        expectTight(orientedBox, outlines);
        expectNear(keypoints, box);
      }
    }
  });
});

/** Pixels whose colour differs between two pictures. */
function changedPixels(one: Float32Array, other: Float32Array): Set<number> {
  const changed = new Set<number>();
  for (let k = 0; k < one.length; k++) if (one[k] !== other[k]) changed.add(Math.floor(k / 3));
  return changed;
}

/** Whether a pixel that an owner has is at most two away: thin poles before it are partly covered on both sides. */
function isBeside(owners: Uint16Array, owner: number, at: number): boolean {
  const steps = [-2, -1, 0, 1, 2];
  return steps.some((dy) => steps.some((dx) => owners[at + dy * size.width + dx] === owner));
}

/** A rectangle that holds every point, with points on each of its four sides. */
function expectTight({ cx, cy, width, height, angle }: OrientedBox, outlines: readonly Float32Array[]): void {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const along: number[] = [];
  const across: number[] = [];
  for (const ring of outlines) {
    for (let k = 0; k < ring.length; k += 2) {
      along.push((ring[k] - cx) * cos + (ring[k + 1] - cy) * sin);
      across.push((ring[k + 1] - cy) * cos - (ring[k] - cx) * sin);
    }
  }
  expect(Math.max(...along)).toBeCloseTo(width / 2, 3);
  expect(Math.min(...along)).toBeCloseTo(-width / 2, 3);
  expect(Math.max(...across)).toBeCloseTo(height / 2, 3);
  expect(Math.min(...across)).toBeCloseTo(-height / 2, 3);
}

/** Seen keypoints lie in the box of what is seen, or on the pixel beside it. */
function expectNear(keypoints: Float32Array | null, box: Box): void {
  for (let k = 0; k < (keypoints?.length ?? 0); k += 3) {
    const [x, y, visibility] = keypoints?.subarray(k, k + 3) ?? [];
    expect([0, 1, 2]).toContain(visibility);
    if (visibility !== 2) continue;
    expect(x > box.x1 - 2 && x < box.x2 + 2 && y > box.y1 - 2 && y < box.y2 + 2).toBe(true);
  }
}
