import { describe, expect, it } from 'vitest';
import { everydayAttire } from '@/lib/engines/scenes/figures/attire';
import { drawPerson } from '@/lib/engines/scenes/figures/draw-person';
import { crouching, cycling, jumping, kicking, running, standing, walking } from '@/lib/engines/scenes/figures/poses';
import { build, skeletonOf, type Vector } from '@/lib/engines/scenes/figures/skeleton';
import { sceneRandom } from '@/lib/engines/scenes/random';
import { personKeypoints } from '@/lib/engines/scenes/scene-classes';

const poses = { standing, walking, running, kicking, jumping, crouching, cycling: () => cycling(1) };

function distance(one: Vector, other: Vector): number {
  return Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2]);
}

function keypointsAt(yaw: number) {
  const random = sceneRandom(4);
  const { keypoints } = drawPerson(standing(random), yaw, everydayAttire(random));
  return (name: (typeof personKeypoints.names)[number]) => keypoints[personKeypoints.names.indexOf(name)];
}

describe('a figure', () => {
  it.each(Object.entries(poses))('has limbs of one length, %s or not', (_name, pose) => {
    for (let seed = 0; seed < 20; seed++) {
      const random = sceneRandom(seed);
      const { arms, legs } = skeletonOf(pose(random), random.between(-3, 3));
      for (const side of ['left', 'right'] as const) {
        expect(distance(arms[side].start, arms[side].middle)).toBeCloseTo(build.upperArm, 6);
        expect(distance(arms[side].middle, arms[side].end)).toBeCloseTo(build.forearm, 6);
        expect(distance(legs[side].start, legs[side].middle)).toBeCloseTo(build.thigh, 6);
        expect(distance(legs[side].middle, legs[side].end)).toBeCloseTo(build.shin, 6);
      }
    }
  });

  it('stands on the ground with its lower foot', () => {
    for (let seed = 0; seed < 20; seed++) {
      const { legs } = skeletonOf(walking(sceneRandom(seed)), 0.5);
      const soles = [legs.left, legs.right].flatMap(({ end, tip }) => [end[1] - 0.07, tip[1] - 0.04]);
      expect(Math.min(...soles)).toBeCloseTo(0, 6);
    }
  });

  it('has its left at the right of who looks into its face, and the other way round from behind', () => {
    const front = keypointsAt(0);
    const back = keypointsAt(Math.PI);
    for (const part of ['shoulder', 'hip', 'ear'] as const) {
      expect(front(`left_${part}`).x).toBeGreaterThan(front(`right_${part}`).x);
      expect(back(`left_${part}`).x).toBeLessThan(back(`right_${part}`).x);
    }
  });

  it('shows its face from before and hides it from behind', () => {
    const face = ['nose', 'left_eye', 'right_eye'] as const;
    expect(face.map((name) => keypointsAt(0)(name).isSeen)).toEqual([true, true, true]);
    expect(face.map((name) => keypointsAt(Math.PI)(name).isSeen)).toEqual([false, false, false]);
  });

  it('hides the far ear from the side', () => {
    // π/2 looks to the viewer's right: the person's right is on the viewer's side.
    const side = keypointsAt(Math.PI / 2 - 0.3);
    expect(side('right_ear').isSeen).toBe(true);
    expect(keypointsAt(Math.PI / 2 + 0.9)('left_ear').isSeen).toBe(false);
  });

  it('names mirrored keypoints for one another', () => {
    personKeypoints.flipIndices.forEach((other, k) => {
      const swapped = personKeypoints.names[k].replace(/left|right/, (side) => (side === 'left' ? 'right' : 'left'));
      expect(personKeypoints.names[other]).toBe(swapped);
    });
  });
});
