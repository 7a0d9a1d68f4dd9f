import { describe, expect, it } from 'vitest';
import { present } from '@/lib/core/assert';
import { Fault } from '@/lib/core/fault';
import { calibratedFamily } from '@/lib/engines/architecture/test-support/calibrated-family';
import { withAttribute, withHead } from '@/lib/engines/architecture/test-support/change-tree';
import { families, familyCheckpoint, familyNamed } from '@/lib/engines/architecture/test-support/module-trees/families';
import { fuseTree } from '@/lib/engines/architecture/test-support/module-trees/fuse-tree';
import { checkpointAround } from '@/lib/engines/architecture/test-support/module-trees/model-tree';
import { noiseImage } from '@/lib/engines/architecture/test-support/noise-image';
import { withConverted } from '@/lib/engines/architecture/test-support/run-converted';
import { sigmoid } from '@/lib/engines/graph/activations';
import { concat } from '@/lib/engines/graph/arrangement';
import { softmax } from '@/lib/engines/graph/normalise';
import type { Value } from '@/lib/engines/graph/value';
import type { Checkpoint } from '@/lib/engines/model-files/checkpoint/checkpoint';
import { buildTrainingNetwork, type TrainingNetwork } from '@/lib/engines/training/network/build-training-network';
import { rawAnswers } from '@/lib/engines/training/network/test-support/raw-answers';

const side = 64;
const image = noiseImage(3, side);

const notTrained = ['yolo26n-seg', 'yolo26n-pose', 'yolo26n-obb', 'yolo26n-sem', 'yolo26n-depth'];
const trained = families.filter(({ name }) => !notTrained.includes(name));

/** Of the raw outputs what the plain answer holds unchanged but for a squashing: classes, and coefficients of masks. */
function comparable({ graph: g, raw }: TrainingNetwork): Readonly<Record<string, Value>> {
  if (raw.task === 'classify') return { answer: softmax(g, raw.logits, 1) };
  const scores = sigmoid(g, raw.scores);
  if (raw.prototypes === null || raw.extras === null) return { answer: scores };
  return { answer: concat(g, [scores, raw.extras], 1), prototypes: raw.prototypes };
}

/** The same numbers of the converted checkpoint. */
async function converted(checkpoint: Checkpoint, classify: boolean): Promise<readonly (readonly number[])[]> {
  const options = classify ? {} : { endToEnd: false };
  return await withConverted(checkpoint, { imgsz: side, ...options }, async (network) => {
    const [output0, ...others] = await network.run(image);
    const boxes = classify ? 0 : 4 * present(output0.dims[2], 'the number of anchors');
    return [Array.from(output0.data, Number).slice(boxes), ...others.map(({ data }) => Array.from(data, Number))];
  });
}

async function expectSameAnswer(checkpoint: Checkpoint, task: string, freeze = 0): Promise<void> {
  const expected = await converted(checkpoint, task === 'classify');
  const { answer, prototypes } = await rawAnswers(checkpoint, image, comparable, { freeze });
  const found = prototypes === undefined ? [answer] : [answer, prototypes];
  for (const [index, { data, shape }] of found.entries()) {
    const numbers = expected[index].slice(0, data.length);
    expect(numbers.length, `elements of [${shape}]`).toBe(data.length);
    const scale = Math.max(...numbers.map(Math.abs));
    const worst = Math.max(...numbers.map((number, at) => Math.abs(number - data[at])));
    expect(worst / scale).toBeLessThan(1e-4);
  }
}

describe('a network built for training', () => {
  it.each(trained)('of a $name gives raw outputs and learns all its weights', async (family) => {
    const network = await buildTrainingNetwork(familyCheckpoint(family), { imgsz: side, batch: 2 });
    const { raw, layout } = network;
    expect(raw.task).toBe(family.task);
    expect(network.parameters.map(({ shape }) => shape.map(Number).reduce((a, b) => a * b, 1))).toEqual(
      layout.parameters.map(({ length }) => length),
    );
    expect(network.statistics.length).toBe(layout.norms.length);
    if (raw.task === 'classify') return;
    const anchors = raw.scores.shape[2];
    expect(raw.boxes.shape).toEqual([2, 4 * raw.bins, anchors]);
    expect(raw.anchors.points.shape).toEqual([1, 2, anchors]);
    expect(raw.extras === null).toBe(raw.task === 'detect');
    expect(raw.prototypes === null).toBe(raw.task !== 'segment');
    expect(raw.oneToOne === null).toBe(!['yolov10n', 'yolo26n'].includes(family.name));
    expect(network.detached.length).toBe(raw.oneToOne === null ? 0 : 3);
  });

  it.each(['yolov8n-seg', 'yolov9t', 'yolov10n', 'yolo12n-cls', 'rare-modules'])(
    'of a %s answers as the one for inference does, with the same statistics',
    async (name) => {
      const family = familyNamed(name);
      await expectSameAnswer(calibratedFamily(family), family.task);
    },
  );

  it('answers the same with frozen layers, whose weights are no parameters', async () => {
    const checkpoint = calibratedFamily(familyNamed('yolov8n'));
    await expectSameAnswer(checkpoint, 'detect', 10);
    const { layout } = await buildTrainingNetwork(checkpoint, { imgsz: side, batch: 2, freeze: 10 });
    const tensors = [...layout.parameters, ...layout.norms.map(({ mean }) => mean)];
    const layers = tensors.map(({ name }) => Number(name.split('.')[1]));
    expect(Math.min(...layers)).toBe(12);
  });

  it('of a fused file learns convolutions with their biases', async () => {
    const checkpoint = calibratedFamily(familyNamed('yolov8n'));
    const fused = checkpointAround(fuseTree(checkpoint.model));
    const { layout } = await buildTrainingNetwork(fused, { imgsz: side, batch: 2 });
    expect(layout.norms).toEqual([]);
    expect(layout.kindCounts.norm).toBe(0);
    await expectSameAnswer(fused, 'detect');
  });

  it('keeps kinds of parameters apart: kernels, scales, and whatever is a bias', async () => {
    const { layout } = await buildTrainingNetwork(familyCheckpoint(familyNamed('yolov8n')), { imgsz: side, batch: 2 });
    const kindOf = (name: string) => layout.parameters.find((parameter) => parameter.name === name)?.kind;
    expect(kindOf('model.0.conv.weight')).toBe('weight');
    expect(kindOf('model.0.bn.weight')).toBe('norm');
    expect(kindOf('model.0.bn.bias')).toBe('bias');
    expect(kindOf('model.22.cv2.0.2.bias')).toBe('bias');
    expect(kindOf('model.22.dfl.conv.weight')).toBeUndefined();
    const ends = layout.parameters.map(({ offset, length }) => offset + length);
    expect(layout.parameters.map(({ offset }) => offset)).toEqual([0, ...ends.slice(0, -1)]);
    expect(ends.at(-1)).toBe(layout.parameterCount);
  });
});

describe('networks that cannot be trained', () => {
  const plain = familyNamed('yolov8n');
  const refused = async (checkpoint: Checkpoint, spec: Partial<Parameters<typeof buildTrainingNetwork>[1]> = {}) => {
    const built = buildTrainingNetwork(checkpoint, { imgsz: side, batch: 2, ...spec });
    const fault = await built.then(
      () => null,
      (error) => error,
    );
    if (!(fault instanceof Fault)) throw new Error(`no fault, but ${fault}`);
    return fault.found;
  };

  it.each(notTrained)('%s: its head is not trained here', async (name) => {
    expect(await refused(familyCheckpoint(familyNamed(name)))).toContain('not trained');
  });

  it('fused end-to-end heads have lost a branch', async () => {
    const fused = checkpointAround(fuseTree(familyCheckpoint(familyNamed('yolov10n')).model));
    expect(await refused(fused)).toContain('fused');
  });

  it('says what of its settings does not fit', async () => {
    const checkpoint = familyCheckpoint(plain);
    expect(await refused(checkpoint, { imgsz: 100 })).toContain(
      'multiples of the network’s stride (32 pixels), and 100',
    );
    expect(await refused(checkpoint, { imgsz: [64, 80] })).toContain('80');
    expect(await refused(checkpoint, { batch: 0 })).toContain('batch');
    expect(await refused(checkpoint, { freeze: 24 })).toContain('no layer 24');
    expect(await refused(checkpoint, { freeze: -1 })).toContain('no layer -1');
    expect(await refused(checkpoint, { freeze: 23 })).toContain('all of them are frozen');
    expect(await refused(checkpoint, { freeze: ['model.99'] })).toContain('“model.99”');
    expect(await refused(checkpoint, { imgsz: 32, batch: 1 })).toContain('more than one number');
  });

  it('a head that is not made as its class is', async () => {
    const checkpoint = familyCheckpoint(plain);
    const strange = withHead(checkpoint, (head) =>
      withAttribute({ ...head, className: 'torch.nn.modules.Odd' }, 'nc', 3),
    );
    expect(await refused(strange)).toContain('Odd');
  });
});
