import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ObjectBatch } from '@/lib/engines/training/batch/training-batch';
import { gradientForms } from '@/lib/engines/training/gradients/gradient-forms';
import { readArguments } from '@/lib/engines/training/loop/training-arguments';
import { trainingLoss } from '@/lib/engines/training/loop/training-loss';
import { buildTrainingNetwork } from '@/lib/engines/training/network/build-training-network';
import { readParameters } from '@/lib/engines/training/network/read-parameters';
import { TrainingStep } from '@/lib/engines/training/step/training-step';
import { numbersBetween } from '@/lib/engines/training/test-support/numbers-by-name';
import { nodeSessionFactory } from '@/lib/platform/runtime/onnx-node-session';
import { type Measurement, milliseconds, timePairs } from '../measure';
import { describeTree } from '../torch/describe-tree';
import { benchNetwork } from './networks';

const python = '/usr/bin/python3';
const [side, batch, threads, classCount, columns] = [256, 8, 2, 3, 6];

/** A step of sightline-n here against the same network, loss and optimizer in torch; nothing where torch is not installed. */
export async function measureStepAgainstTorch(): Promise<Measurement[]> {
  if (spawnSync(python, ['-c', 'import torch']).status !== 0) {
    console.log(
      'torch is not installed, and the step is not compared with it: apt-get install python3-torch python3-numpy',
    );
    return [];
  }
  const folder = mkdtempSync(join(tmpdir(), 'sightline-bench-'));
  const torch = startTorch(folder);
  const own = await ownStep();
  try {
    const { a, b, ratio } = await timePairs(own.run, torch.run, { runs: 9, warmups: 2 });
    return [
      {
        name: `a step of sightline-n, ${side} × ${side}, batch ${batch}, as a multiple of torch's`,
        value: ratio,
        limit: 1 / 0.7,
        unit: 'x',
        detail: `${milliseconds(a)} against ${milliseconds(b)} (${threads} threads each)`,
      },
    ];
  } finally {
    torch.stop();
    await own.dispose();
    rmSync(folder, { recursive: true });
  }
}

/** A process that does one step for each line it reads. */
function startTorch(folder: string): { run(): Promise<void>; stop(): void } {
  const tree = join(folder, 'tree.json');
  writeFileSync(tree, JSON.stringify(describeTree(benchNetwork('sightline-n', classCount, side).model)));
  const settings = [side, batch, threads].map(String);
  const child = spawn(python, ['-B', 'bench/torch/time_step.py', tree, ...settings], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ready = lines.next();
  return {
    async run() {
      await ready;
      child.stdin.write('step\n');
      const { done } = await lines.next();
      if (done === true) throw new Error('torch has ended');
    },
    stop: () => child.kill(),
  };
}

async function ownStep(): Promise<{ run(): Promise<unknown>; dispose(): Promise<void> }> {
  const checkpoint = benchNetwork('sightline-n', classCount, side);
  const network = await buildTrainingNetwork(checkpoint, { imgsz: side, batch });
  const step = await TrainingStep.create({
    network,
    loss: trainingLoss(network, readArguments(new Map()), null),
    numbers: await readParameters(checkpoint, network.layout),
    optimizer: 'sgd',
    forms: gradientForms.cpu,
    sessions: nodeSessionFactory({ threads, plansMemory: false }),
  });
  const rates = { weight: 0.001, norm: 0.001, bias: 0.001 };
  const settings = { rates, momentum: 0.9, weightDecay: 0.0005, updates: true, emaDecay: 0.99, branchShare: 0.8 };
  const images = benchBatch();
  return { run: () => step.run(images, settings), dispose: () => step.dispose() };
}

function benchBatch(): ObjectBatch {
  const count = batch * columns;
  const [first, size] = ['corners', 'sizes'].map((name) => numbersBetween(name, count * 2, 0, 1));
  const boxes = Array.from({ length: count }, (_, index) => {
    const [x, y] = [0, 1].map((axis) => first[index * 2 + axis] * side * 0.6);
    const [w, h] = [0, 1].map((axis) => 8 + size[index * 2 + axis] * side * 0.3);
    return [x, y, x + w, y + h];
  });
  return {
    task: 'detect',
    images: numbersBetween('images', batch * 3 * side ** 2, 0, 1),
    batch,
    height: side,
    width: side,
    columns,
    classIds: Int32Array.from({ length: count }, (_, index) => index % classCount),
    boxes: Float32Array.from(boxes.flat()),
    keypoints: null,
    masks: null,
  };
}
