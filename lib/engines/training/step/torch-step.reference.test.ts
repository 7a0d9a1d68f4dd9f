import { describe, expect, it } from 'vitest';
import { present } from '@/lib/core/assert';
import { familyCheckpoint, familyNamed } from '@/lib/engines/architecture/test-support/module-trees/families';
import { concat, reshape } from '@/lib/engines/graph/arrangement';
import { differentiate } from '@/lib/engines/training/gradients/differentiate';
import { type GradientForms, gradientForms } from '@/lib/engines/training/gradients/gradient-forms';
import { sessionOf } from '@/lib/engines/training/gradients/test-support/check-gradients';
import { objectLoss } from '@/lib/engines/training/losses/object-loss';
import { objectTargets } from '@/lib/engines/training/losses/object-targets';
import { fieldGains } from '@/lib/engines/training/losses/test-support/oracle-loss';
import { buildTrainingNetwork } from '@/lib/engines/training/network/build-training-network';
import type { FlatTensor } from '@/lib/engines/training/network/parameter-layout';
import {
  directionNumbers,
  numbersBetween,
  parameterNumbers,
} from '@/lib/engines/training/test-support/numbers-by-name';
import records from '@/lib/engines/training/test-support/torch-records.json';
import type { HostTensor } from '@/lib/engines/vision/session';

const { detection, labels } = records;
const batch = labels.classes.length;
const { side } = labels;
const tolerance = 1e-3;

type Answers = Readonly<Record<string, HostTensor>>;

/** One step of the network and the numbers that torch was given: its loss, the items of it, and all gradients in one row. */
async function runStep(forms: GradientForms): Promise<{ answers: Answers; parameters: readonly FlatTensor[] }> {
  const network = await buildTrainingNetwork(familyCheckpoint(familyNamed('yolov8n')), { imgsz: side, batch });
  const { graph: g, raw, layout } = network;
  if (raw.task === 'classify') throw new Error('the network detects objects');
  const targets = objectTargets(g, raw, { image: { width: side, height: side }, keypoints: null });
  const { loss, items, constants } = objectLoss(g, raw, targets, fieldGains);
  const held = { forms, constants: [...network.detached, ...constants] };
  const gradients = differentiate(g, loss, network.parameters, held).map((value, index) =>
    reshape(g, value, [layout.parameters[index].length]),
  );
  for (const { name, value } of [...items, { name: 'loss', value: loss }]) g.output(name, value);
  g.output('gradients', concat(g, gradients, 0));
  const parameters = Float32Array.from(
    layout.parameters.flatMap(({ name, shape }) => [...parameterNumbers(name, shape)]),
  );
  const session = await sessionOf(g);
  try {
    const answers = await session.run({
      images: {
        type: 'float32',
        data: numbersBetween('images', batch * 3 * side ** 2, 0, 1),
        dims: [batch, 3, side, side],
      },
      parameters: { type: 'float32', data: parameters, dims: [parameters.length] },
      classIds: { type: 'int32', data: Int32Array.from(labels.classes.flat()), dims: [batch, 3] },
      boxes: { type: 'float32', data: Float32Array.from(labels.boxes.flat(2)), dims: [batch, 3, 4] },
    });
    return { answers, parameters: layout.parameters };
  } finally {
    await session.dispose();
  }
}

describe('one whole step of training', () => {
  it.each(['cpu', 'webgpu'] as const)('has the losses and gradients of torch, in the forms of %s', async (forms) => {
    const { answers, parameters } = await runStep(gradientForms[forms]);
    for (const [name, expected] of Object.entries({ ...detection.items, loss: detection.loss })) {
      expect(Math.abs(Number(present(answers[name], name).data[0]) / expected - 1), name).toBeLessThan(tolerance);
    }
    const recorded = new Map(detection.gradients.map((gradient) => [gradient.name, gradient]));
    expect([...recorded.keys()].sort()).toEqual(parameters.map(({ name }) => name).sort());
    const gradients = Array.from(present(answers.gradients, 'gradients').data, Number);
    const errors = parameters.map(({ name, offset, length }) => {
      const gradient = gradients.slice(offset, offset + length);
      const { norm, along } = present(recorded.get(name), name);
      const direction = directionNumbers(name, length);
      const projected = gradient.reduce((sum, number, index) => sum + number * direction[index], 0);
      return { name, norm: Math.abs(Math.hypot(...gradient) - norm) / norm, along: Math.abs(projected - along) / norm };
    });
    expect(errors.filter(({ norm, along }) => !(Math.max(norm, along) < tolerance))).toEqual([]);
  });
});
