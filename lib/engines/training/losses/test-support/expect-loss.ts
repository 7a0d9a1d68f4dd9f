import { expect } from 'vitest';
import type { LossCase, RawNumbers } from '@/lib/engines/training/losses/test-support/loss-case';
import type { LossAnswers } from '@/lib/engines/training/losses/test-support/run-loss';

/** Step of central differences in double precision: their error is far below that of the graph. */
const difference = 1e-4;

/** Of one tensor so many gradients are checked; a prime, so that no stride of a tensor's axes is a multiple of the steps. */
const mostChecked = 127;

/** Numbers agree to within this, relative to the larger of them and 1. */
const tolerance = 1e-4;

export function expectClose(found: number, expected: number, what: string): void {
  const error = Math.abs(found - expected) / Math.max(1, Math.abs(expected));
  expect(error, `${what}: ${found}, expected ${expected}`).toBeLessThan(tolerance);
}

/** Expects the gradients of all answers of a network to be what central differences of an oracle's loss give. */
export function expectGradientsOf(
  lossCase: LossCase,
  answers: LossAnswers,
  loss: (lossCase: LossCase) => number,
): void {
  const names: readonly (keyof RawNumbers)[] = ['boxes', 'scores', 'extras', 'prototypes'];
  for (const name of names) {
    const numbers = lossCase.raw[name];
    const gradients = answers[`d.${name}`] ?? [];
    const step = Math.max(1, Math.floor(gradients.length / mostChecked));
    for (let index = 0; index < gradients.length; index += step) {
      const before = numbers[index];
      numbers[index] = before + difference;
      const above = loss(lossCase);
      numbers[index] = before - difference;
      const below = loss(lossCase);
      numbers[index] = before;
      expectClose(gradients[index], (above - below) / (2 * difference), `gradient of ${name} ${index}`);
    }
  }
}
