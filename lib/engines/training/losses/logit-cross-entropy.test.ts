import { describe, expect, it } from 'vitest';
import { floats } from '@/lib/engines/graph/constants';
import { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import { reduceSum } from '@/lib/engines/graph/reduce';
import { float32, runGraph } from '@/lib/engines/graph/test-support/run-graph';
import { differentiate } from '@/lib/engines/training/gradients/differentiate';
import { gradientForms } from '@/lib/engines/training/gradients/gradient-forms';
import { logitCrossEntropy } from '@/lib/engines/training/losses/logit-cross-entropy';

const logits = [-300, -90, -17, -1, 0, 0.5, 17, 90, 300];
const targets = [0, 1, 0.25, 0, 0.5, 1, 1, 0.75, 0];

describe('the cross-entropy of logits', () => {
  it('and its gradient are right however far the logits are from 0', async () => {
    const g = new GraphBuilder();
    const shape = [logits.length];
    const x = g.input('x', { elementType: 'float32', shape });
    const losses = logitCrossEntropy(g, x, floats(g, shape, targets));
    const [gradient] = differentiate(g, reduceSum(g, losses, [0]), [x], { forms: gradientForms.cpu });
    const found = await runGraph(g, { losses, gradient }, { x: float32(shape, logits) });
    for (const [index, logit] of logits.entries()) {
      const exact = Math.max(logit, 0) + Math.log1p(Math.exp(-Math.abs(logit))) - logit * targets[index];
      expect(Math.abs(Number(found.losses.data[index]) - exact), `loss of ${logit}`).toBeLessThan(2e-7 * (1 + exact));
      expect(found.gradient.data[index], `gradient at ${logit}`).toBeCloseTo(
        1 / (1 + Math.exp(-logit)) - targets[index],
        6,
      );
    }
  });
});
