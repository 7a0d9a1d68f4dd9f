import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildNetwork, type Network } from '@/lib/engines/architecture/build-network';
import { readWeights } from '@/lib/engines/architecture/read-weights';
import { inputStride, resolveSettings } from '@/lib/engines/architecture/resolve-settings';
import { bytesSource } from '@/lib/engines/model-files/byte-source';
import { readCheckpointFacts } from '@/lib/engines/model-files/checkpoint/checkpoint-facts';
import { openCheckpoint } from '@/lib/engines/model-files/checkpoint/open-checkpoint';
import { writeOnnx } from '@/lib/engines/model-files/onnx-writer';
import { readOnnxFacts } from '@/lib/engines/model-files/read-onnx-facts';
import type { HostTensor } from '@/lib/engines/vision/session';
import {
  hasReference,
  referenceJson,
  referencePath,
  referencePixels,
} from '@/lib/engines/vision/test-support/reference-files';
import { nodeSessionFactory } from '@/lib/platform/runtime/onnx-node-session';

/** What the package recorded of one module's output. */
type ModuleRecord = {
  readonly path: string;
  readonly cls: string;
  readonly shape: readonly number[] | null;
  readonly mean: number;
  readonly std: number;
  readonly min: number;
  readonly max: number;
  readonly first: readonly number[];
  readonly last: readonly number[];
};

type LayerRecords = {
  readonly input: string;
  readonly modules: readonly ModuleRecord[];
  readonly final: readonly Pick<ModuleRecord, 'shape' | 'mean' | 'std' | 'first'>[];
};

/** Relative to the spread of the module's values, so that a mean near zero is compared fairly. */
const tolerance = 1e-3;

/** Convolutions become one with the normalisation that follows them: only the activation after both is seen. */
const foldedClasses = ['Conv2d', 'BatchNorm2d'];

describe.skipIf(!hasReference)('networks of the reference checkpoints', () => {
  it.each(['yolov8n-coco-dq', 'yolov8n-shapes-seg', 'yolo26n-random'])(
    '%s computes in every module what the package does',
    { timeout: 60_000 },
    async (name) => {
      const records = referenceJson<LayerRecords>(`reference/layers/${name}.json`);
      const { network, traced, missed } = await tracedNetwork(name, records);
      const answers = await run(network, traced, records.input);
      expect(new Set(missed.map(({ cls }) => cls))).toEqual(new Set(foldedClasses));
      for (const { path, ...record } of traced) expectLike(path, answers[path], record);
      for (const [index, record] of records.final.entries()) expectLike('final', answers[`final.${index}`], record);
    },
  );
});

/** The network with every module whose output both sides know, in the order of the record. */
async function tracedNetwork(name: string, { modules }: LayerRecords) {
  const file = readFileSync(referencePath(`models/${name}.pt`));
  const checkpoint = await openCheckpoint(bytesSource(file));
  const facts = await readCheckpointFacts(checkpoint);
  const images = { channels: facts.channels, stride: inputStride(facts) };
  const network = buildNetwork(checkpoint.model, resolveSettings(facts, {}), images);
  await readWeights(network.weights, (weight, bytes) => network.graph.setBytes(weight, bytes.slice()));
  // An activation that all convolutions share is recorded under the name of the first each time.
  const seen = new Set<string>();
  const recorded = modules.filter(({ path, shape }) => {
    const isNew = !seen.has(path);
    seen.add(path);
    return isNew && shape !== null;
  });
  const traced = recorded.filter(({ path }) => network.trace.has(path));
  // A head has its own order of things, and an end-to-end one a second branch that only training runs.
  const head = `model.${(checkpoint.model.children.get('model')?.children.size ?? 0) - 1}.`;
  const missed = recorded.filter((record) => !traced.includes(record) && !record.path.startsWith(head));
  return { network, traced, missed };
}

async function run(
  { graph, trace, outputs }: Network,
  traced: readonly ModuleRecord[],
  input: string,
): Promise<Readonly<Record<string, HostTensor>>> {
  for (const { path } of traced) {
    const value = trace.get(path);
    if (value !== undefined) graph.output(path, value);
  }
  for (const [index, value] of outputs.entries()) graph.output(`final.${index}`, value);
  const bytes = writeOnnx({
    irVersion: 8,
    opsets: { '': 17 },
    producer: { name: '', version: '' },
    graph: graph.finish(),
  });
  const session = await nodeSessionFactory({ threads: 2 })(bytes, await readOnnxFacts(bytesSource(bytes)));
  try {
    return await session.run({ images: await planes(input) });
  } finally {
    await session.dispose();
  }
}

async function planes(input: string): Promise<HostTensor> {
  const { width, height, data } = await referencePixels(input.replace(/^ref\//, 'reference/'));
  const area = width * height;
  const values = Float32Array.from({ length: 3 * area }, (_, index) => {
    return data[(index % area) * 3 + Math.floor(index / area)] / 255;
  });
  return { type: 'float32', data: values, dims: [1, 3, height, width] };
}

function expectLike(path: string, tensor: HostTensor | undefined, record: Partial<ModuleRecord>): void {
  const values = tensor?.type === 'float32' ? tensor.data : new Float32Array();
  const found = statistics(values);
  const scale = Math.max(found.std, Math.abs(found.mean));
  const near = (what: string, number: number, recorded: number) => {
    const error = Math.abs(number - recorded) / Math.max(Math.abs(recorded), scale);
    expect(error, `${path} ${what}: ${number}, recorded ${recorded}`).toBeLessThan(tolerance);
  };
  const { mean, std, min, max, first = [], last = [] } = record;
  expect(tensor?.dims, path).toEqual(record.shape);
  for (const [what, recorded] of Object.entries({ mean, std, min, max })) {
    if (recorded !== undefined) near(what, found[what], recorded);
  }
  for (const [index, recorded] of first.entries()) near(`[${index}]`, values[index], recorded);
  for (const [index, recorded] of last.entries()) {
    near(`last [${index}]`, values[values.length - last.length + index], recorded);
  }
}

function statistics(values: Float32Array): Record<string, number> {
  let [sum, squares, min, max] = [0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    sum += value;
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  const mean = sum / values.length;
  for (const value of values) squares += (value - mean) ** 2;
  return { mean, std: Math.sqrt(squares / values.length), min, max };
}
