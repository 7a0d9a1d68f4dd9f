import { describe, expect, it } from 'vitest';
import { present } from '@/lib/core/assert';
import { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import { differentiate } from '@/lib/engines/training/gradients/differentiate';
import { gradientForms } from '@/lib/engines/training/gradients/gradient-forms';
import { sessionOf } from '@/lib/engines/training/gradients/test-support/check-gradients';
import { classLoss, classTargets } from '@/lib/engines/training/losses/class-loss';
import { objectLoss } from '@/lib/engines/training/losses/object-loss';
import { fieldGains } from '@/lib/engines/training/losses/test-support/oracle-loss';
import { type LossAnswers, lossGraph, runLoss } from '@/lib/engines/training/losses/test-support/run-loss';
import { directionNumbers } from '@/lib/engines/training/test-support/numbers-by-name';
import { torchClassCase, torchLossCases } from '@/lib/engines/training/test-support/torch-loss-cases';
import records from '@/lib/engines/training/test-support/torch-records.json';

const tolerance = 1e-4;

type Recorded = {
  readonly loss: number;
  readonly items: object;
  readonly gradients: readonly { readonly name: string; readonly norm: number; readonly along: number }[];
};

/** Gradients are recorded as their length and what is left of them along a direction of ±1. */
function expectRecorded(answers: LossAnswers, task: string, recorded: Recorded): void {
  for (const [name, expected] of Object.entries({ ...recorded.items, loss: recorded.loss })) {
    expect(Math.abs(answers[name][0] / expected - 1), name).toBeLessThan(tolerance);
  }
  for (const { name, norm, along } of recorded.gradients) {
    const gradient = present(answers[name.replace(`${task} `, 'd.')], name);
    const direction = directionNumbers(name, gradient.length);
    const projected = gradient.reduce((sum, number, index) => sum + number * direction[index], 0);
    expect(Math.abs(Math.hypot(...gradient) - norm) / norm, `length of ${name}`).toBeLessThan(tolerance);
    expect(Math.abs(projected - along) / norm, `direction of ${name}`).toBeLessThan(tolerance);
  }
}

describe('losses of raw answers', () => {
  it.each(torchLossCases)('agree with torch, and their gradients: $task', async (lossCase) => {
    const graph = lossGraph(lossCase);
    const answers = await runLoss(graph, lossCase, objectLoss(graph.g, graph.raw, graph.targets, fieldGains));
    const { detect, segment, pose, obb } = records.losses;
    expectRecorded(answers, lossCase.task, { detect, segment, pose, obb }[lossCase.task]);
  });

  it('agree with torch, and their gradients: classify', async () => {
    const { batch, classCount, classIds, logits, labelSmoothing } = torchClassCase;
    const g = new GraphBuilder();
    const value = g.input('logits', { elementType: 'float32', shape: [batch, classCount] });
    const raw = { task: 'classify', logits: value } as const;
    const { loss, constants } = classLoss(g, raw, classTargets(g, raw), { labelSmoothing });
    const [gradient] = differentiate(g, loss, [value], { forms: gradientForms.cpu, constants });
    g.output('loss', loss);
    g.output('d.logits', gradient);
    const session = await sessionOf(g);
    try {
      const answers = await session.run({
        logits: { type: 'float32', data: Float32Array.from(logits), dims: [batch, classCount] },
        classIds: { type: 'int32', data: Int32Array.from(classIds), dims: [batch] },
      });
      const numbers = Object.entries(answers).map(([name, { data }]) => [name, Array.from(data, Number)] as const);
      expectRecorded(Object.fromEntries(numbers), 'classify', records.losses.classify);
    } finally {
      await session.dispose();
    }
  });
});
