import type { LossCase } from '@/lib/engines/training/losses/test-support/loss-case';
import { oracleOverlap } from '@/lib/engines/training/losses/test-support/oracle-boxes';

/** For every anchor of every image: the object it learns (−1 for none), its target score, and its rank. */
export type OracleAssignment = {
  readonly owners: Int32Array;
  readonly targets: Float64Array;
  readonly ranks: Float64Array;
};

/** Task-aligned assignment in plain loops, one image and one object at a time. */
export function oracleAssignment(lossCase: LossCase, candidates = 10, kept = candidates): OracleAssignment {
  const { anchors, objects } = lossCase;
  const result = {
    owners: new Int32Array(objects.length * anchors.length).fill(-1),
    targets: new Float64Array(objects.length * anchors.length),
    ranks: new Float64Array(objects.length * anchors.length),
  };
  for (const image of objects.keys()) assignImage(lossCase, image, candidates, kept, result);
  return result;
}

function assignImage(
  lossCase: LossCase,
  image: number,
  candidates: number,
  kept: number,
  { owners, targets, ranks }: OracleAssignment,
): void {
  const { anchors, classes, raw } = lossCase;
  const objects = lossCase.objects[image];
  const base = image * anchors.length;
  const overlaps = objects.map((object) => anchors.map((_, a) => oracleOverlap(lossCase, image, a, object.box)));
  const alignments = objects.map(({ classId }, k) =>
    anchors.map((_, a) => {
      const logit = raw.scores[(image * classes + classId) * anchors.length + a];
      return (1 / (1 + Math.exp(-logit))) ** 0.5 * overlaps[k][a] ** 6;
    }),
  );
  const claimed = alignments.map((alignment) => best(alignment, candidates));
  for (const a of anchors.keys()) {
    const claimants = [...objects.keys()].filter((k) => claimed[k].has(a));
    if (claimants.length === 1) owners[base + a] = claimants[0];
    if (claimants.length > 1) owners[base + a] = largest(objects.map((_, k) => overlaps[k][a]));
  }
  for (const k of objects.keys()) {
    const owned = [...anchors.keys()].filter((a) => owners[base + a] === k);
    const left = best(
      alignments[k].map((alignment, a) => (owned.includes(a) ? alignment : 0)),
      kept,
    );
    for (const a of owned) if (!left.has(a)) owners[base + a] = -1;
    const bestAlignment = Math.max(...[...left].map((a) => alignments[k][a]));
    const bestOverlap = Math.max(...[...left].map((a) => overlaps[k][a]));
    for (const a of left) {
      targets[base + a] = (alignments[k][a] * bestOverlap) / (bestAlignment + 1e-9);
      ranks[base + a] = alignments[k][a] / bestAlignment;
    }
  }
}

function best(numbers: readonly number[], count: number): ReadonlySet<number> {
  const order = [...numbers.keys()].filter((index) => numbers[index] > 0);
  return new Set(order.sort((one, other) => numbers[other] - numbers[one] || one - other).slice(0, count));
}

function largest(numbers: readonly number[]): number {
  return numbers.indexOf(Math.max(...numbers));
}
