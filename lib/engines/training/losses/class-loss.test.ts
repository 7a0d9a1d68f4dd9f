import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import { differentiate } from '@/lib/engines/training/gradients/differentiate';
import { gradientForms } from '@/lib/engines/training/gradients/gradient-forms';
import { sessionOf } from '@/lib/engines/training/gradients/test-support/check-gradients';
import { classLoss, classTargets } from '@/lib/engines/training/losses/class-loss';
import { expectClose } from '@/lib/engines/training/losses/test-support/expect-loss';

const logits = [
  [1.5, -0.25, 0.5],
  // Far beyond what eˣ can hold in single precision.
  [200, 198, -300],
];
const classIds = [2, 1];

describe('the loss of whole images', () => {
  it.each([0, 0.1])('and its gradients agree with plain loops: label smoothing %s', async (labelSmoothing) => {
    const g = new GraphBuilder();
    const raw = g.input('logits', { elementType: 'float32', shape: [2, 3] });
    const answer = { task: 'classify', logits: raw } as const;
    const { loss, items, constants } = classLoss(g, answer, classTargets(g, answer), { labelSmoothing });
    expect(items).toEqual([{ name: 'loss', value: loss }]);
    const [gradient] = differentiate(g, loss, [raw], { forms: gradientForms.cpu, constants });
    g.output('loss', loss);
    g.output('gradient', gradient);
    const session = await sessionOf(g);
    const found = await session.run({
      logits: { type: 'float32', data: Float32Array.from(logits.flat()), dims: [2, 3] },
      classIds: { type: 'int32', data: Int32Array.from(classIds), dims: [2] },
    });
    await session.dispose();

    const rows = logits.map((row, index) => plainRow(row, classIds[index], labelSmoothing));
    expectClose(Number(found.loss.data[0]), (rows[0].loss + rows[1].loss) / 2, 'loss');
    const gradients = rows.flatMap((row) => row.gradient.map((number) => number / 2));
    for (const [index, expected] of gradients.entries()) {
      expectClose(Number(found.gradient.data[index]), expected, `gradient ${index}`);
    }
  });
});

/** The gradient of a cross-entropy by its logits is the probability less the target. */
function plainRow(row: readonly number[], classId: number, share: number) {
  const largest = Math.max(...row);
  const total = row.reduce((sum, logit) => sum + Math.exp(logit - largest), 0);
  const logs = row.map((logit) => logit - largest - Math.log(total));
  const targets = row.map((_, index) => (index === classId ? 1 - share : 0) + share / row.length);
  return {
    loss: -logs.reduce((sum, log, index) => sum + log * targets[index], 0),
    gradient: logs.map((log, index) => Math.exp(log) - targets[index]),
  };
}
