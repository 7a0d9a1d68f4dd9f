import { afterEach, describe, expect, it } from 'vitest';
import { present } from '@/lib/core/assert';
import { familyCheckpoint, familyNamed } from '@/lib/engines/architecture/test-support/module-trees/families';
import { noiseImage } from '@/lib/engines/architecture/test-support/noise-image';
import { unsqueeze } from '@/lib/engines/graph/arrangement';
import { mul, sub } from '@/lib/engines/graph/elementwise';
import { reduceMean } from '@/lib/engines/graph/reduce';
import { cast } from '@/lib/engines/graph/unary';
import type { ClassBatch, ObjectBatch } from '@/lib/engines/training/batch/training-batch';
import { gradientForms } from '@/lib/engines/training/gradients/gradient-forms';
import type { StepSettings } from '@/lib/engines/training/loop/trainee';
import type { LossParts } from '@/lib/engines/training/losses/loss-parts';
import { objectLoss } from '@/lib/engines/training/losses/object-loss';
import { objectTargets } from '@/lib/engines/training/losses/object-targets';
import { buildTrainingNetwork, type TrainingNetwork } from '@/lib/engines/training/network/build-training-network';
import { readParameters } from '@/lib/engines/training/network/read-parameters';
import { createSightlineCheckpoint } from '@/lib/engines/training/network/sightline/create-sightline-checkpoint';
import { graphBytes } from '@/lib/engines/training/step/graph-bytes';
import { floatsOf, loadGraph, vectorFeeds } from '@/lib/engines/training/step/graph-session';
import type { OptimizerKind, StateVector } from '@/lib/engines/training/step/training-state';
import { TrainingStep } from '@/lib/engines/training/step/training-step';
import { createValidationLoss } from '@/lib/engines/training/step/validation-loss';
import { nodeSessionFactory } from '@/lib/platform/runtime/onnx-node-session';

const side = 64;
const sessions = nodeSessionFactory({ threads: 1 });
const classifier = familyCheckpoint(familyNamed('yolov8n-cls'));

function batchOf(seed: number): ClassBatch {
  const images = Float32Array.from([...noiseImage(seed, side).data, ...noiseImage(seed + 1, side).data]);
  return { task: 'classify', images, batch: 2, height: side, width: side, classIds: Int32Array.of(0, 3) };
}

/** The squared distance of all logits of an image from the number of its class. */
function squaredDistance({ graph: g, raw }: TrainingNetwork): LossParts {
  if (raw.task !== 'classify') throw new Error('a classifier is trained');
  const wanted = cast(g, g.input('classIds', { elementType: 'int32', shape: [2] }), 'float32');
  const distance = sub(g, raw.logits, unsqueeze(g, wanted, [1]));
  const value = reduceMean(g, mul(g, distance, distance), [0, 1]);
  return { loss: value, items: [{ name: 'distance', value }], constants: [] };
}

const open: { dispose(): Promise<void> }[] = [];

afterEach(async () => {
  for (const one of open.splice(0)) await one.dispose();
});

async function classifierStep(optimizer: OptimizerKind = 'sgd', gradientLimit?: number | null): Promise<TrainingStep> {
  const network = await buildTrainingNetwork(classifier, { imgsz: side, batch: 2 });
  const numbers = await readParameters(classifier, network.layout);
  const loss = squaredDistance(network);
  const forms = gradientForms.cpu;
  const step = await TrainingStep.create({ network, loss, numbers, optimizer, forms, sessions, gradientLimit });
  open.push(step);
  return step;
}

function settingsOf(rate: number, changes: Partial<StepSettings> = {}): StepSettings {
  const rates = { weight: rate, norm: rate, bias: rate };
  return { rates, momentum: 0.9, weightDecay: 0.0005, updates: true, emaDecay: 0.9, branchShare: 0.8, ...changes };
}

function vectorOf(step: TrainingStep, name: StateVector): Float32Array {
  return present(step.state.vectors.get(name), name);
}

function lengthOf(vector: Float32Array): number {
  return Math.hypot(...vector);
}

function expectAlike(found: Float32Array, expected: ArrayLike<number>, tolerance = 1e-5): void {
  const scale = Math.max(...Array.from(expected, Math.abs), Number.MIN_VALUE);
  const worst = found.reduce((most, number, index) => Math.max(most, Math.abs(number - expected[index])), 0);
  expect(worst / scale).toBeLessThan(tolerance);
}

describe('a training step', () => {
  it.each([
    ['sgd', 0.01],
    ['adamw', 0.002],
  ] as const)('lowers the loss with %s', async (optimizer, rate) => {
    const step = await classifierStep(optimizer);
    const losses: number[] = [];
    for (let index = 0; index < 15; index++) {
      const outcome = await step.run(batchOf(1), settingsOf(rate));
      losses.push(present(outcome.losses[0], 'the loss'));
    }
    expect(losses.at(-1)).toBeLessThan(present(losses[0], 'the loss') / 2);
    expect(step.state.updates).toBe(15);
  });

  it('sums gradients until parameters change', async () => {
    const step = await classifierStep();
    const before = vectorOf(step, 'parameters');
    const { gradientNorm } = await step.run(batchOf(1), settingsOf(0.01, { updates: false }));
    const first = vectorOf(step, 'gradient');
    expect(gradientNorm / lengthOf(first)).toBeCloseTo(1, 5);
    expect(vectorOf(step, 'parameters')).toBe(before);
    await step.run(batchOf(7), settingsOf(0.01, { updates: false }));
    const both = vectorOf(step, 'gradient');
    const other = await classifierStep();
    await other.run(batchOf(7), settingsOf(0.01, { updates: false }));
    const second = vectorOf(other, 'gradient');
    expectAlike(
      both,
      first.map((number, index) => number + second[index]),
    );
    await step.run(batchOf(1), settingsOf(0.01));
    expect(lengthOf(vectorOf(step, 'gradient'))).toBe(0);
    expect(step.state.updates).toBe(1);
  });

  it('shortens gradients that are too long', async () => {
    const [free, limited] = [await classifierStep('sgd', null), await classifierStep('sgd', 0.5)];
    const settings = settingsOf(1, { weightDecay: 0, momentum: 0 });
    const before = vectorOf(free, 'parameters');
    const { gradientNorm } = await free.run(batchOf(1), settings);
    expect(gradientNorm).toBeGreaterThan(0.5);
    await limited.run(batchOf(1), settings);
    const moved = (step: TrainingStep) => vectorOf(step, 'parameters').map((number, index) => number - before[index]);
    expect(lengthOf(moved(free))).toBeCloseTo(gradientNorm, 3);
    expect(lengthOf(moved(limited))).toBeCloseTo(0.5, 4);
  });

  it('keeps running statistics as torch does', async () => {
    const step = await classifierStep();
    await step.run(batchOf(1), settingsOf(0.01, { updates: false }));
    const network = await buildTrainingNetwork(classifier, { imgsz: side, batch: 2 });
    const [{ mean, variance, momentum }] = network.layout.norms;
    const [{ elements }] = network.statistics;
    expect(momentum).toBe(0.03);
    expect(elements).toBe(2 * (side / 2) ** 2);
    const statistics = vectorOf(step, 'statistics');
    const seen = await firstStatistics(network);
    const part = ({ offset, length }: typeof mean) => statistics.subarray(offset, offset + length);
    expectAlike(
      part(mean),
      seen.mean.map((number) => 0.03 * number),
    );
    expectAlike(
      part(variance),
      seen.variance.map((number) => 0.97 + 0.03 * ((number * elements) / (elements - 1))),
    );
  });

  it('changes nothing where the gradient is not finite', async () => {
    const step = await classifierStep();
    await step.run(batchOf(1), settingsOf(0.01));
    const { state } = step;
    const broken = { ...batchOf(1), images: new Float32Array(batchOf(1).images.length).fill(Number.NaN) };
    const { gradientNorm } = await step.run(broken, settingsOf(0.01));
    expect(Number.isFinite(gradientNorm)).toBe(false);
    expect(step.state).toBe(state);
  });

  it('goes on from a saved state as if it had never stopped', async () => {
    const [whole, saved, resumed] = [await classifierStep(), await classifierStep(), await classifierStep()];
    const rounds = [1, 3, 5, 7].map(
      (seed, index) => [batchOf(seed), settingsOf(0.01, { updates: index % 3 !== 0 })] as const,
    );
    for (const [batch, settings] of rounds) await whole.run(batch, settings);
    for (const [batch, settings] of rounds.slice(0, 2)) await saved.run(batch, settings);
    resumed.load(saved.state);
    for (const [batch, settings] of rounds.slice(2)) await resumed.run(batch, settings);
    for (const [name, vector] of whole.state.vectors) {
      expect(Buffer.compare(Buffer.from(vector.buffer), Buffer.from(vectorOf(resumed, name).buffer)), name).toBe(0);
    }
    expect(resumed.state.updates).toBe(whole.state.updates);
  });

  it('learns boxes by the loss of objects', async () => {
    const { network, loss } = await detectorWithLoss('batch');
    const step = await detectorStep(network, loss);
    const losses: number[] = [];
    for (let index = 0; index < 25; index++) {
      losses.push(sumOf((await step.run(objects, settingsOf(0.002))).losses));
    }
    expect(step.itemNames).toEqual(['box_loss', 'cls_loss', 'dfl_loss']);
    expect(losses.at(-1)).toBeLessThan(present(losses[0], 'the loss') / 2);
  });

  it('has the losses of a validation whose statistics are the batch’s own', async () => {
    const { network, loss } = await detectorWithLoss('batch');
    const step = await detectorStep(network, loss);
    const before = vectorOf(step, 'statistics');
    const { losses } = await step.run(objects, settingsOf(0.002, { updates: false }));
    const after = vectorOf(step, 'statistics');
    const statistics = before.map((number, index) => number + (after[index] - number) / 0.03);
    for (const [index, { variance }] of network.layout.norms.entries()) {
      const { elements } = network.statistics[index];
      for (let at = variance.offset; at < variance.offset + variance.length; at++) {
        statistics[at] *= (elements - 1) / elements;
      }
    }
    const evaluated = await detectorWithLoss('running');
    const validation = await createValidationLoss(evaluated.network, evaluated.loss, sessions);
    open.push(validation);
    const found = await validation.run(objects, { parameters: vectorOf(step, 'parameters'), statistics });
    expect(found.length).toBe(losses.length);
    for (const [index, part] of losses.entries()) expect(found[index] / part).toBeCloseTo(1, 3);
  });
});

const detector = createSightlineCheckpoint({ size: 'n', task: 'detect', names: ['patch'], seed: 1, imgsz: side });

const objects: ObjectBatch = {
  task: 'detect',
  images: batchOf(1).images,
  batch: 2,
  height: side,
  width: side,
  columns: 1,
  classIds: Int32Array.of(0, 0),
  boxes: Float32Array.of(8, 8, 40, 48, 20, 4, 60, 36),
  keypoints: null,
  masks: null,
};

async function detectorWithLoss(normalisedBy: 'batch' | 'running') {
  const network = await buildTrainingNetwork(detector, { imgsz: side, batch: 2, normalisedBy });
  const { graph, raw } = network;
  if (raw.task === 'classify') throw new Error('objects are found');
  const targets = objectTargets(graph, raw, { image: { width: side, height: side }, keypoints: null });
  return { network, loss: objectLoss(graph, raw, targets, { box: 7.5, cls: 0.5, dfl: 1.5, pose: 12, kobj: 1 }) };
}

async function detectorStep(network: TrainingNetwork, loss: LossParts): Promise<TrainingStep> {
  const numbers = await readParameters(detector, network.layout);
  const forms = gradientForms.cpu;
  const step = await TrainingStep.create({ network, loss, numbers, optimizer: 'adamw', forms, sessions });
  open.push(step);
  return step;
}

function sumOf(losses: readonly number[]): number {
  return losses.reduce((total, part) => total + part);
}

/** Mean and biased variance of what the first convolution makes of the batch. */
async function firstStatistics(network: TrainingNetwork) {
  const { graph, statistics, layout } = network;
  graph.output('mean', statistics[0].mean);
  graph.output('variance', statistics[0].variance);
  const session = await loadGraph(sessions, graphBytes(graph));
  open.push(session);
  const { parameters } = await readParameters(classifier, layout);
  const { images } = batchOf(1);
  const answers = await session.run({
    images: { type: 'float32', data: images, dims: [2, 3, side, side] },
    ...vectorFeeds([['parameters', parameters]]),
  });
  return { mean: floatsOf(answers, 'mean'), variance: floatsOf(answers, 'variance') };
}
