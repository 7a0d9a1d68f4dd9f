import { describe, expect, it } from 'vitest';
import { present } from '@/lib/core/assert';
import { buildNetwork, type Network } from '@/lib/engines/architecture/build-network';
import { readWeights } from '@/lib/engines/architecture/read-weights';
import { inputStride, resolveSettings } from '@/lib/engines/architecture/resolve-settings';
import { calibratedFamily } from '@/lib/engines/architecture/test-support/calibrated-family';
import { families, familyCheckpoint, familyNamed } from '@/lib/engines/architecture/test-support/module-trees/families';
import { noiseImage } from '@/lib/engines/architecture/test-support/noise-image';
import { add, mul } from '@/lib/engines/graph/elementwise';
import { reduceMean } from '@/lib/engines/graph/reduce';
import type { Value } from '@/lib/engines/graph/value';
import type { Checkpoint } from '@/lib/engines/model-files/checkpoint/checkpoint';
import { readCheckpointFacts } from '@/lib/engines/model-files/checkpoint/checkpoint-facts';
import { differentiate } from '@/lib/engines/training/gradients/differentiate';
import { type GradientForms, gradientForms } from '@/lib/engines/training/gradients/gradient-forms';
import { sessionOf } from '@/lib/engines/training/gradients/test-support/check-gradients';

const side = 64;
const trainedTasks: readonly string[] = ['detect', 'segment', 'pose', 'obb', 'classify'];

/** A network at a fixed size and a loss of all that it answers, of the size of one. */
async function networkWithLoss(checkpoint: Checkpoint): Promise<Network & { readonly loss: Value }> {
  const facts = await readCheckpointFacts(checkpoint);
  const settings = resolveSettings(facts, { imgsz: side, endToEnd: false });
  const images = { channels: facts.channels, stride: inputStride(facts) };
  const network = buildNetwork(checkpoint.model, settings, images);
  const { graph, outputs } = network;
  // Boxes are in pixels.
  const parts = outputs.map((output) => {
    const small = mul(graph, output, 1 / side);
    return reduceMean(graph, mul(graph, small, small), [...output.shape.keys()]);
  });
  return { ...network, loss: parts.reduce((sum, part) => add(graph, sum, part)) };
}

type Point = { readonly loss: number; readonly gradients: ReadonlyMap<string, Float32Array> };

/** The loss with every weight moved by a multiple of what `along` has for it, and there its gradients in some form. */
async function evaluate(
  checkpoint: Checkpoint,
  forms: GradientForms | null,
  along: ReadonlyMap<string, Float32Array> = new Map(),
  distance = 0,
): Promise<Point> {
  const { graph, weights, loss } = await networkWithLoss(checkpoint);
  const trained = weights.planned.map(({ value }) => value);
  if (forms !== null) {
    const gradients = differentiate(graph, loss, trained, { forms });
    for (const [index, gradient] of gradients.entries()) graph.output(`gradient${index}`, gradient);
  }
  graph.output('loss', loss);
  await readWeights(weights, (weight, bytes) => {
    const moved = new Float32Array(bytes.slice().buffer);
    const step = along.get(weight.name);
    if (step) for (let index = 0; index < moved.length; index++) moved[index] += distance * (step[index] ?? 0);
    graph.setBytes(weight, new Uint8Array(moved.buffer));
  });
  const session = await sessionOf(graph);
  try {
    const data = noiseImage(7, side).data;
    const answers = await session.run({
      images: { type: 'float32', data: Float32Array.from(data), dims: [1, 3, side, side] },
    });
    const gradients = trained.flatMap(({ name }, index) => {
      const gradient = answers[`gradient${index}`];
      return gradient?.type === 'float32' ? [[name, gradient.data] as const] : [];
    });
    return { loss: Number(present(answers.loss, 'the loss').data[0]), gradients: new Map(gradients) };
  } finally {
    await session.dispose();
  }
}

function norm(gradients: Iterable<Float32Array>): number {
  let squares = 0;
  for (const gradient of gradients) for (const number of gradient) squares += number * number;
  return Math.sqrt(squares);
}

describe('gradients of whole networks', () => {
  it.each(families.filter(({ task }) => trainedTasks.includes(task)))(
    'are known for every operation of a $name',
    async (family) => {
      const { graph, weights, loss } = await networkWithLoss(familyCheckpoint(family));
      const trained = weights.planned.map(({ value }) => value);
      const gradients = differentiate(graph, loss, trained, { forms: gradientForms.cpu });
      expect(gradients.map(({ shape }) => shape)).toEqual(trained.map(({ shape }) => shape));
    },
  );

  it.each(['yolov8n-seg', 'yolov9t', 'yolo11n-obb', 'yolo12n', 'yolov8n-cls'])(
    'are the steepest way up of a %s, alike in both forms',
    async (name) => {
      const checkpoint = calibratedFamily(familyNamed(name));
      const { gradients } = await evaluate(checkpoint, gradientForms.cpu);
      const length = norm(gradients.values());
      expect(length).toBeGreaterThan(0);
      const distance = 1e-3 / length;
      const above = await evaluate(checkpoint, null, gradients, distance);
      const below = await evaluate(checkpoint, null, gradients, -distance);
      const slope = (above.loss - below.loss) / (2 * distance * length);
      expect(Math.abs(slope / length - 1)).toBeLessThan(0.01);
      const plain = await evaluate(checkpoint, gradientForms.webgpu);
      const differences = [...gradients].map(([weight, gradient]) => {
        const other = present(plain.gradients.get(weight), weight);
        return gradient.map((number, index) => number - (other[index] ?? Number.NaN));
      });
      expect(norm(differences) / length).toBeLessThan(1e-4);
    },
  );
});
