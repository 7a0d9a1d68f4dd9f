import { chooseSplit } from '@/components/train/document/choose-split';
import { labelledImages, type TrainState } from '@/components/train/session/train-state';
import { jobSteps } from '@/lib/browser/training/job-arguments';

/**
 * Steps that a new network should have: `sightline-n` finds squares on one colour after 60, and in 240 drawn pictures it had mAP50
 * 0.93 after 435. Photographs are harder.
 */
const usualSteps = 500;

/** How many steps are planned; of a new network also what to expect of so few. Null while nothing is labelled. */
export function stepWords(state: TrainState): string | null {
  const labelled = labelledImages(state);
  if (labelled.length === 0) return null;
  const { train } = chooseSplit(labelled);
  const { settings, model } = state;
  const steps = jobSteps(settings, train.length);
  const planned = `${steps} ${steps === 1 ? 'step is' : 'steps are'} planned.`;
  if (model.kind !== 'fresh' || steps >= usualSteps) return planned;
  const epochs = Math.ceil(usualSteps / jobSteps({ ...settings, epochs: 1 }, train.length));
  return `${planned} A new network has much to learn: photographs take it ${usualSteps} and more, which is ${epochs} epochs of these pictures. A .pt needs far fewer.`;
}
