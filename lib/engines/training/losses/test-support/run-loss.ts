import { constant } from '@/lib/engines/graph/constants';
import { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import { differentiate } from '@/lib/engines/training/gradients/differentiate';
import { gradientForms } from '@/lib/engines/training/gradients/gradient-forms';
import { sessionOf } from '@/lib/engines/training/gradients/test-support/check-gradients';
import type { LossParts } from '@/lib/engines/training/losses/loss-parts';
import { type ObjectTargets, objectTargets } from '@/lib/engines/training/losses/object-targets';
import type { LossCase, RawNumbers } from '@/lib/engines/training/losses/test-support/loss-case';
import type { RawObjects } from '@/lib/engines/training/network/raw-outputs';
import type { HostTensor, VisionSession } from '@/lib/engines/vision/session';

type RawName = keyof RawNumbers;

/** A graph whose inputs are a network's answers, all of them. */
export type LossGraph = {
  readonly g: GraphBuilder;
  readonly raw: RawObjects;
  readonly targets: ObjectTargets;
};

export type LossAnswers = Readonly<Record<string, readonly number[]>>;

/** Inputs of a case's answers and labels. The graph is of the case's sizes, but for the number of columns. */
export function lossGraph(lossCase: LossCase): LossGraph {
  const g = new GraphBuilder();
  const { anchors, task, bins } = lossCase;
  const input = (name: RawName) => g.input(`raw.${name}`, { elementType: 'float32', shape: shapeOf(lossCase, name) });
  const [xs, ys] = [anchors.map((anchor) => anchor.x), anchors.map((anchor) => anchor.y)];
  const strides = anchors.map((anchor) => anchor.stride);
  const raw: RawObjects = {
    task,
    bins,
    boxes: input('boxes'),
    scores: input('scores'),
    extras: task === 'detect' ? null : input('extras'),
    prototypes: task === 'segment' ? input('prototypes') : null,
    anchors: {
      points: constant(g, 'float32', [1, 2, anchors.length], [...xs, ...ys]),
      strides: constant(g, 'float32', [1, 1, anchors.length], strides),
    },
  };
  return { g, raw, targets: objectTargets(g, raw, lossCase) };
}

/** Runs a loss and its gradients by the raw answers; they are called `d.` and the answer's name. */
export async function runLoss(graph: LossGraph, lossCase: LossCase, parts: LossParts): Promise<LossAnswers> {
  const { g, raw } = graph;
  const answers = { boxes: raw.boxes, scores: raw.scores, extras: raw.extras, prototypes: raw.prototypes };
  const wrt = Object.entries(answers).flatMap(([name, value]) => (value === null ? [] : [{ name, value }]));
  const gradients = differentiate(
    g,
    parts.loss,
    wrt.map(({ value }) => value),
    { forms: gradientForms.cpu, constants: parts.constants },
  );
  for (const [index, gradient] of gradients.entries()) g.output(`d.${wrt[index].name}`, gradient);
  g.output('loss', parts.loss);
  for (const { name, value } of parts.items) g.output(name, value);
  return await runCase(g, lossCase);
}

/** Runs a graph that was made by `lossGraph`, with the numbers of its case. */
export async function runCase(g: GraphBuilder, lossCase: LossCase): Promise<LossAnswers> {
  const session: VisionSession = await sessionOf(g);
  try {
    const answers = await session.run(feedsOf(lossCase));
    return Object.fromEntries(Object.entries(answers).map(([name, { data }]) => [name, Array.from(data, Number)]));
  } finally {
    await session.dispose();
  }
}

function feedsOf(lossCase: LossCase): Record<string, HostTensor> {
  const { raw, objects, task, keypoints, masks, image } = lossCase;
  const columns = Math.max(1, ...objects.map((ofImage) => ofImage.length));
  const rows = objects.flatMap((ofImage) => Array.from({ length: columns }, (_, column) => ofImage[column] ?? null));
  const numbers = task === 'obb' ? 5 : 4;
  const filled = (count: number) => new Array<number>(count).fill(0);
  const float32 = (dims: readonly number[], data: Float32Array): HostTensor => ({ type: 'float32', data, dims });
  const names: readonly RawName[] = ['boxes', 'scores', 'extras', 'prototypes'];
  const feeds: Record<string, HostTensor> = {
    classIds: {
      type: 'int32',
      dims: [objects.length, columns],
      data: Int32Array.from(rows, (row) => row?.classId ?? -1),
    },
    boxes: float32(
      [objects.length, columns, numbers],
      Float32Array.from(rows.flatMap((row) => row?.box ?? filled(numbers))),
    ),
  };
  for (const name of names) {
    if (raw[name].length > 0) feeds[`raw.${name}`] = float32(shapeOf(lossCase, name), Float32Array.from(raw[name]));
  }
  if (keypoints !== null) {
    const points = rows.flatMap((row) => row?.keypoints ?? filled(3 * keypoints.count));
    feeds.keypoints = float32([objects.length, columns, keypoints.count, 3], Float32Array.from(points));
  }
  if (masks !== null) {
    feeds.masks = { type: 'int32', data: masks, dims: [objects.length, image.height / 4, image.width / 4] };
  }
  return feeds;
}

function shapeOf({ objects, bins, classes, anchors, raw, image, maskCount }: LossCase, name: RawName) {
  const cells = objects.length * anchors.length;
  if (name === 'prototypes') return [objects.length, maskCount, image.height / 4, image.width / 4];
  const channels = { boxes: 4 * bins, scores: classes, extras: raw.extras.length / cells };
  return [objects.length, channels[name], anchors.length];
}
