import { describe, expect, it } from 'vitest';
import { objectLoss } from '@/lib/engines/training/losses/object-loss';
import { expectClose, expectGradientsOf } from '@/lib/engines/training/losses/test-support/expect-loss';
import {
  type LossCase,
  randomCase,
  randomObjects,
  turned,
  withKeypoints,
} from '@/lib/engines/training/losses/test-support/loss-case';
import { oracleAssignment } from '@/lib/engines/training/losses/test-support/oracle-assignment';
import { fieldGains, heldOf, oracleItems } from '@/lib/engines/training/losses/test-support/oracle-loss';
import { lossGraph, runLoss } from '@/lib/engines/training/losses/test-support/run-loss';

const image = { width: 64, height: 48 };
const classes = 3;

const cases: Readonly<Record<string, LossCase>> = {
  'objects over one another, an image without any': randomCase(1, {
    objects: [randomObjects(11, 5, image, classes), [], randomObjects(12, 2, image, classes)],
  }),
  'one object in the batch': randomCase(2, { objects: [[{ classId: 1, box: [6, 5, 57, 44] }]] }),
  'sixteen distances for each side': randomCase(2, {
    bins: 16,
    objects: [randomObjects(15, 4, image, classes)],
  }),
  'distances said directly': randomCase(3, { bins: 1, objects: [randomObjects(14, 3, image, classes)] }),
  segments: randomCase(5, {
    task: 'segment',
    maskCount: 3,
    objects: [randomObjects(16, 4, image, classes), [], randomObjects(17, 1, image, classes)],
  }),
  'poses with visibility': randomCase(6, {
    task: 'pose',
    keypoints: { count: 3, dims: 3 },
    objects: [withKeypoints(18, randomObjects(18, 4, image, classes), 3), []],
  }),
  'poses without visibility': randomCase(7, {
    task: 'pose',
    keypoints: { count: 2, dims: 2 },
    objects: [withKeypoints(19, randomObjects(19, 3, image, classes), 2)],
  }),
  'oriented boxes': randomCase(8, {
    task: 'obb',
    objects: [turned(20, randomObjects(20, 5, image, classes)), [], turned(21, randomObjects(21, 2, image, classes))],
  }),
  'oriented boxes, distances said directly': randomCase(9, {
    task: 'obb',
    bins: 1,
    objects: [turned(22, randomObjects(22, 5, image, classes))],
  }),
};

describe('the loss of objects', () => {
  it.each(Object.entries(cases))('and its gradients agree with plain loops: %s', async (_, lossCase) => {
    const graph = lossGraph(lossCase);
    const parts = objectLoss(graph.g, graph.raw, graph.targets, fieldGains);
    const answers = await runLoss(graph, lossCase, parts);
    const held = heldOf(lossCase, oracleAssignment(lossCase));
    expect(held.assignment.owners.filter((owner) => owner >= 0).length).toBeGreaterThan(8);
    const expected = oracleItems(lossCase, held);
    expect(parts.items.map((item) => item.name)).toEqual(Object.keys(expected));
    for (const [name, value] of Object.entries(expected)) expectClose(answers[name][0], value, name);
    const total = () => sum(Object.values(oracleItems(lossCase, held))) * lossCase.objects.length;
    expectClose(answers.loss[0], total(), 'loss');
    expectGradientsOf(lossCase, answers, total);
  });

  it.each([
    { task: 'detect' },
    { task: 'segment', maskCount: 2 },
    { task: 'pose', keypoints: { count: 2, dims: 3 } },
    { task: 'obb' },
  ] as const)('is that of the scores alone where a batch has no object: $task', async (shape) => {
    const lossCase = randomCase(4, { ...shape, objects: [[], []] });
    const graph = lossGraph(lossCase);
    const parts = objectLoss(graph.g, graph.raw, graph.targets, fieldGains);
    const answers = await runLoss(graph, lossCase, parts);
    const expected = oracleItems(lossCase, heldOf(lossCase, oracleAssignment(lossCase)));
    for (const { name } of parts.items) {
      if (name === 'cls_loss') expectClose(answers[name][0], expected.cls_loss, name);
      else expect(answers[name], name).toEqual([0]);
    }
    expect(answers['d.scores'].every((gradient) => gradient > 0)).toBe(true);
    for (const name of ['d.boxes', 'd.extras', 'd.prototypes']) {
      expect(
        (answers[name] ?? []).every((gradient) => gradient === 0),
        name,
      ).toBe(true);
    }
  });
});

describe('the loss of a head with two branches', () => {
  const objects = [randomObjects(11, 5, image, classes), randomObjects(12, 2, image, classes)];

  it.each([
    { bins: 4, weights: [1, 1], limits: [1] },
    { bins: 1, weights: [0.8, 0.2], limits: [7, 1] },
  ])('is that of many anchors and that of one for each object: $bins distances', async ({ bins, weights, limits }) => {
    const lossCase = randomCase(20, { bins, objects });
    const graph = lossGraph(lossCase);
    const raw = { ...graph.raw, oneToOne: graph.raw };
    const answers = await runLoss(graph, lossCase, objectLoss(graph.g, raw, graph.targets, fieldGains));
    const held = [oracleAssignment(lossCase), oracleAssignment(lossCase, ...limits)].map((each) =>
      heldOf(lossCase, each),
    );
    const items = () => held.map((each) => oracleItems(lossCase, each));
    for (const name of ['box_loss', 'cls_loss', 'dfl_loss']) {
      expectClose(answers[name][0], sum(items().map((each, branch) => each[name] * weights[branch])), name);
    }
    const total = () => sum(items().map((each, branch) => sum(Object.values(each)) * weights[branch])) * objects.length;
    expectGradientsOf(lossCase, answers, total);
  });

  it('weighs the branches as it is told', async () => {
    const lossCase = randomCase(21, { objects });
    const graph = lossGraph(lossCase);
    const raw = { ...graph.raw, oneToOne: graph.raw };
    const branchWeights = { oneToMany: 0, oneToOne: 0.5 };
    const answers = await runLoss(
      graph,
      lossCase,
      objectLoss(graph.g, raw, graph.targets, fieldGains, { branchWeights }),
    );
    const expected = oracleItems(lossCase, heldOf(lossCase, oracleAssignment(lossCase, 1)));
    expectClose(answers.loss[0], sum(Object.values(expected)) * 0.5 * objects.length, 'loss');
  });
});

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
