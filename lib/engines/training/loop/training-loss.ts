import type { TrainingArguments } from '@/lib/engines/training/loop/training-arguments';
import { classLoss, classTargets } from '@/lib/engines/training/losses/class-loss';
import type { LossGains, LossParts } from '@/lib/engines/training/losses/loss-parts';
import { objectLoss } from '@/lib/engines/training/losses/object-loss';
import type { KeypointShape } from '@/lib/engines/training/losses/object-targets';
import { objectTargets } from '@/lib/engines/training/losses/object-targets';
import type { TrainingNetwork } from '@/lib/engines/training/network/build-training-network';

/** Adds the loss of the network's task to its graph, and the labels as inputs. `keypoints` is needed for poses. */
export function trainingLoss(
  { graph, raw, width, height }: TrainingNetwork,
  { box, cls, dfl, pose, kobj, label_smoothing: labelSmoothing }: TrainingArguments,
  keypoints: KeypointShape | null,
): LossParts {
  if (raw.task === 'classify') return classLoss(graph, raw, classTargets(graph, raw), { labelSmoothing });
  const gains: LossGains = { box, cls, dfl, pose, kobj };
  return objectLoss(graph, raw, objectTargets(graph, raw, { image: { width, height }, keypoints }), gains);
}
