import type { BestEpoch } from '@/lib/engines/training/loop/training-progress';

/** The better of the best so far and a new epoch. While nothing is found at all, every epoch counts as the best. */
export function betterEpoch(best: BestEpoch | null, epoch: BestEpoch): BestEpoch {
  return best === null || epoch.fitness > best.fitness || best.fitness === 0 ? epoch : best;
}

/** Whether as many epochs as `patience` went by without a better one; a patience of 0 never ends. */
export function hasStalled(best: BestEpoch | null, epoch: number, patience: number): boolean {
  return patience > 0 && best !== null && epoch - best.epoch >= patience;
}
