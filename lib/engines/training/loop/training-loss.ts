import { sub } from '@/lib/engines/graph/elementwise';
import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import type { KeypointShape } from '@/lib/engines/training/dataset/label-rule';
import type { TrainingArguments } from '@/lib/engines/training/loop/training-arguments';
import { classLoss, classTargets } from '@/lib/engines/training/losses/class-loss';
import { branchShareInput, type LossGains, type LossParts } from '@/lib/engines/training/losses/loss-parts';
import { type ObjectLossOptions, objectLoss } from '@/lib/engines/training/losses/object-loss';
import { objectTargets } from '@/lib/engines/training/losses/object-targets';
import type { TrainingNetwork } from '@/lib/engines/training/network/build-training-network';

type LossOptions = {
  /**
   * Whether a head whose two branches are weighed by a share that changes while training (YOLO26’s) takes it as an input, one
   * number; otherwise it is the share of the first epoch, so that losses of different epochs can be compared.
   */
  readonly takesBranchShare?: boolean;
};

/** Adds the loss of the network's task to its graph, and the labels as inputs. `keypoints` is needed for poses. */
export function trainingLoss(
  { graph, raw, width, height }: TrainingNetwork,
  { box, cls, dfl, pose, kobj, label_smoothing: labelSmoothing }: TrainingArguments,
  keypoints: KeypointShape | null,
  options: LossOptions = {},
): LossParts {
  if (raw.task === 'classify') return classLoss(graph, raw, classTargets(graph, raw), { labelSmoothing });
  const gains: LossGains = { box, cls, dfl, pose, kobj };
  const targets = objectTargets(graph, raw, { image: { width, height }, keypoints });
  const takesBranchShare = options.takesBranchShare === true && raw.oneToOne?.bins === 1;
  if (!takesBranchShare) return objectLoss(graph, raw, targets, gains);
  return { ...objectLoss(graph, raw, targets, gains, { branchWeights: weightsByShare(graph) }), takesBranchShare };
}

function weightsByShare(g: GraphBuilder): ObjectLossOptions['branchWeights'] {
  const oneToMany = g.input(branchShareInput, { elementType: 'float32', shape: [] });
  return { oneToMany, oneToOne: sub(g, 1, oneToMany) };
}
