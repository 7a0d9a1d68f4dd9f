import { anchorPoints } from '@/lib/engines/architecture/heads/anchor-points';
import { branchMaps, channelCount, joinedBranch, joinLevels } from '@/lib/engines/architecture/heads/level-branches';
import { prototypes } from '@/lib/engines/architecture/heads/prototypes';
import {
  type BuildContext,
  buildChild,
  classOf,
  misfit,
  optionalChild,
} from '@/lib/engines/architecture/module-builder';
import { concat, flatten } from '@/lib/engines/graph/arrangement';
import { unary } from '@/lib/engines/graph/unary';
import type { Value } from '@/lib/engines/graph/value';
import type { ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';
import { quoted, unsupportedCheckpoint } from '@/lib/engines/model-files/checkpoint/checkpoint-faults';
import type { ObjectTask } from '@/lib/engines/training/dataset/object-label';
import type { RawObjects, RawOutputs } from '@/lib/engines/training/network/raw-outputs';

/** The raw answers of a head. */
export type RawHead = {
  readonly raw: RawOutputs;
  /** What the one-to-one branch sees of the network: constants to the gradients, so that only its own weights learn by it. */
  readonly detached: readonly Value[];
};

const objectTasks: ReadonlyMap<string, ObjectTask> = new Map<string, ObjectTask>([
  ['Detect', 'detect'],
  ['v10Detect', 'detect'],
  ['Segment', 'segment'],
  ['Pose', 'pose'],
  ['OBB', 'obb'],
]);

/**
 * Builds the last layer of a network for training: what it says before anything is decoded. Of heads with a one-to-one branch
 * both are built, the second on detached features (https://arxiv.org/abs/2405.14458, section 3.1, as its code trains it).
 * Throws a `Fault` for heads that are not trained here, and for a fused end-to-end head, which has lost half of itself.
 */
export function buildRawHead(context: BuildContext, node: ModuleNode, inputs: readonly Value[]): RawHead {
  if (classOf(node) === 'Classify') return { raw: rawClasses(context, node, inputs), detached: [] };
  const task = objectTasks.get(classOf(node));
  if (task === undefined) {
    throw unsupportedCheckpoint(
      `A ${quoted(classOf(node))} head can be run here, but not trained.`,
      `Choose a checkpoint whose head is one of Classify, ${[...objectTasks.keys()].join(', ')}.`,
    );
  }
  if (optionalChild(node, 'cv2') === null) {
    throw unsupportedCheckpoint(
      'This checkpoint was fused: of its two branches only the end-to-end one is left, and both are needed to train.',
      'Use the checkpoint as training wrote it.',
    );
  }
  const raw = rawObjects(context, node, inputs, task, '');
  if (optionalChild(node, 'one2one_cv2') === null) return { raw: { ...raw, oneToOne: null }, detached: [] };
  const detached = inputs.map((input) => unary(context.graph, 'Identity', input));
  return { raw: { ...raw, oneToOne: rawObjects(context, node, detached, task, 'one2one_') }, detached };
}

/** Logits of a classifier, without the softmax of its answer. Dropout is left out: the published classifiers have it at 0. */
function rawClasses(context: BuildContext, node: ModuleNode, inputs: readonly Value[]): RawOutputs {
  const { graph: g } = context;
  const features = buildChild(context, node, 'conv', concat(g, inputs, 1));
  const means = flatten(g, buildChild(context, node, 'pool', features));
  return { task: 'classify', logits: buildChild(context, node, 'linear', means) };
}

function rawObjects(
  context: BuildContext,
  node: ModuleNode,
  levels: readonly Value[],
  task: ObjectTask,
  prefix: '' | 'one2one_',
): RawObjects {
  const maps = branchMaps(context, node, `${prefix}cv2`, levels);
  const boxes = joinLevels(context.graph, maps);
  const bins = channelCount(context, node, boxes) / 4;
  if (!Number.isInteger(bins)) throw misfit(context, node, `has boxes of ${4 * bins} channels`);
  return {
    task,
    boxes,
    bins,
    scores: joinedBranch(context, node, `${prefix}cv3`, levels),
    anchors: anchorPoints(context, node, maps),
    extras: task === 'detect' ? null : joinedBranch(context, node, `${prefix}cv4`, levels),
    prototypes: task === 'segment' ? prototypes(context, node, levels) : null,
  };
}
