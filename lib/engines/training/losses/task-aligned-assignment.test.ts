import { describe, expect, it } from 'vitest';
import { alignedBoxes } from '@/lib/engines/training/losses/aligned-boxes';
import { orientedBoxes } from '@/lib/engines/training/losses/oriented-boxes';
import { sideDistances } from '@/lib/engines/training/losses/side-distances';
import { type AssignmentLimits, taskAlignedAssignment } from '@/lib/engines/training/losses/task-aligned-assignment';
import { expectClose } from '@/lib/engines/training/losses/test-support/expect-loss';
import {
  type CaseObject,
  type LossCase,
  randomCase,
  randomObjects,
  turned,
} from '@/lib/engines/training/losses/test-support/loss-case';
import { oracleAssignment } from '@/lib/engines/training/losses/test-support/oracle-assignment';
import { lossGraph, runCase } from '@/lib/engines/training/losses/test-support/run-loss';

const image = { width: 64, height: 48 };
const large: CaseObject = { classId: 1, box: [6, 5, 57, 44] };

/** By image and anchor the object that is learnt (−1 for none) and its target score, and the scores' sum. */
async function assign(lossCase: LossCase, limits: AssignmentLimits = { candidates: 10 }) {
  const { g, raw, targets } = lossGraph(lossCase);
  const { distances } = sideDistances(g, raw);
  const { overlaps } =
    raw.extras === null
      ? alignedBoxes(g, raw.anchors, distances, targets)
      : orientedBoxes(g, raw.anchors, distances, raw.extras, targets);
  const candidates = { scores: raw.scores, classIds: targets.classIds, overlaps };
  const assignment = taskAlignedAssignment(g, candidates, limits);
  for (const [name, value] of Object.entries(assignment)) g.output(name, value);
  const { claims, weights, scores, scoreSum, ranks } = await runCase(g, lossCase);
  const anchors = lossCase.anchors.length;
  const columns = claims.length / (anchors * lossCase.objects.length);
  const owners = weights.map((_, index) => {
    const [ofImage, a] = [Math.floor(index / anchors), index % anchors];
    const claimed = [...new Array(columns).keys()].filter((m) => claims[(ofImage * columns + m) * anchors + a] !== 0);
    expect(claimed.length, `objects of anchor ${a}`).toBeLessThan(2);
    return claimed[0] ?? -1;
  });
  return { owners, weights, scores, scoreSum: scoreSum[0], ranks };
}

async function expectAsLoops(lossCase: LossCase, limits: AssignmentLimits = { candidates: 10 }) {
  const found = await assign(lossCase, limits);
  const expected = oracleAssignment(lossCase, limits.candidates, limits.kept);
  expect(found.owners).toEqual(Array.from(expected.owners));
  for (const [index, target] of expected.targets.entries()) {
    expectClose(found.weights[index], target, `target ${index}`);
    expectClose(found.ranks[index], expected.ranks[index], `rank ${index}`);
    expectScores(lossCase, found.scores, index, target);
  }
  return found;
}

/** The target is that of the class of the anchor's object, and the other classes have none. */
function expectScores(lossCase: LossCase, scores: readonly number[], index: number, target: number): void {
  const { anchors, classes, objects } = lossCase;
  const [ofImage, a] = [Math.floor(index / anchors.length), index % anchors.length];
  const found = Array.from({ length: classes }, (_, k) => scores[(ofImage * classes + k) * anchors.length + a]);
  expectClose(
    found.reduce((sum, score) => sum + score, 0),
    target,
    `scores of anchor ${index}`,
  );
  if (target === 0) return;
  const classId = found.findIndex((score) => score > 0);
  expect(objects[ofImage].map((object) => object.classId)).toContain(classId);
  expectClose(found[classId], target, `score of anchor ${index}`);
}

describe('the assignment', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('agrees with plain loops where objects crowd: seed %s', async (seed) => {
    const objects = [randomObjects(seed, 12, image, 3), [], randomObjects(seed + 100, 3, image, 3)];
    const { owners } = await expectAsLoops(randomCase(seed, { objects }));
    expect(new Set(owners).size).toBeGreaterThan(6);
  });

  it.each([1, 2, 3, 4])('agrees with plain loops for boxes at any angle: seed %s', async (seed) => {
    const objects = [
      turned(seed, randomObjects(seed, 9, image, 3)),
      turned(seed, randomObjects(seed + 50, 2, image, 3)),
    ];
    const { owners } = await expectAsLoops(randomCase(seed, { task: 'obb', objects }));
    expect(new Set(owners).size).toBeGreaterThan(4);
  });

  it.each([{ candidates: 1 }, { candidates: 3 }, { candidates: 7, kept: 1 }, { candidates: 500 }])(
    'agrees with plain loops with other limits: %o',
    async (limits) => {
      const objects = [randomObjects(3, 6, image, 3), randomObjects(4, 1, image, 3)];
      await expectAsLoops(randomCase(3, { objects }), limits);
    },
  );

  it('keeps one anchor for an object where one is to be kept', async () => {
    const { owners } = await assign(randomCase(5, { objects: [randomObjects(6, 8, image, 3)] }), {
      candidates: 7,
      kept: 1,
    });
    const owned = owners.filter((owner) => owner >= 0);
    expect(owned.length).toBeGreaterThan(3);
    expect(new Set(owned).size).toBe(owned.length);
  });

  it('gives an object no more anchors than it may have where an untrained network says the same everywhere', async () => {
    const lossCase = randomCase(6, { objects: [[{ classId: 1, box: [8, 8, 56, 40] }]] });
    for (const numbers of [lossCase.raw.boxes, lossCase.raw.scores]) numbers.fill(0);
    for (const candidates of [1, 10]) {
      const { owners } = await assign(lossCase, { candidates });
      expect(owners.filter((owner) => owner === 0).length).toBe(candidates);
    }
  });

  it('lets the first of two equal boxes have their anchors', async () => {
    const twice = [large, { ...large, classId: 2 }];
    const { owners, scores } = await expectAsLoops(randomCase(7, { objects: [twice] }));
    expect(owners).toContain(0);
    expect(Math.max(...scores.slice(60, 120))).toBeGreaterThan(0);
  });

  it('gives nothing to an object that holds no anchor point', async () => {
    const outside = { classId: 0, box: [-40, -40, -10, -12] };
    const { owners, scoreSum, scores, ranks } = await expectAsLoops(randomCase(8, { objects: [[outside], [outside]] }));
    expect(new Set(owners)).toEqual(new Set([-1]));
    expect(scoreSum).toBe(1);
    expect(new Set([...scores, ...ranks])).toEqual(new Set([0]));
  });

  it.each(['detect', 'obb'] as const)(
    'lets an object between all anchor points have those around it: %s',
    async (task) => {
      // Centres of the finest cells are at 4, 12, 20 …; the network says two by two cells everywhere.
      const box = task === 'obb' ? [8, 8, 7, 6, 0.1] : [4.1, 4.2, 11.9, 11.8];
      const lossCase = randomCase(12, { task, objects: [[{ classId: 0, box }]] });
      const { anchors, bins, raw } = lossCase;
      for (const index of raw.boxes.keys()) raw.boxes[index] = Math.floor(index / anchors.length) % bins === 1 ? 9 : 0;
      const { owners } = await expectAsLoops(lossCase);
      expect([...owners.keys()].filter((a) => owners[a] === 0)).toEqual(expect.arrayContaining([0, 1, 8, 9]));
    },
  );

  it('gives nothing to rows that are no object, whatever their box', async () => {
    const filler = { classId: -1, box: [0, 0, 64, 48] };
    const lossCase = randomCase(9, { objects: [[large]] });
    const { owners } = await assign({ ...lossCase, objects: [[filler, large, filler]] });
    expect(owners).toEqual((await assign(lossCase)).owners.map((owner) => (owner === 0 ? 1 : owner)));
  });

  it('learns nothing for a class that the network does not have', async () => {
    const { weights, scores } = await assign(randomCase(10, { objects: [[{ ...large, classId: 3 }]] }));
    expect(new Set([...weights, ...scores])).toEqual(new Set([0]));
  });

  it('leaves out oriented boxes of less than two pixels', async () => {
    const thin = (height: number) => ({ classId: 0, box: [28, 20, 40, height, 0] });
    const lossCase = (height: number) => randomCase(11, { task: 'obb', objects: [[thin(height)]] });
    expect(new Set((await expectAsLoops(lossCase(1.99))).owners)).toEqual(new Set([-1]));
    expect((await expectAsLoops(lossCase(2))).owners).toContain(0);
  });
});
