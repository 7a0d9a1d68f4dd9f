import { availableParallelism } from 'node:os';
import * as ort from 'onnxruntime-node';

/** The bare `session.run` of a square image in this process, with the options of ours: what the product is measured against. */
export async function bareNodeRun(
  model: Uint8Array,
  { threads = availableParallelism(), side = 640 }: { readonly threads?: number; readonly side?: number } = {},
): Promise<() => Promise<unknown>> {
  const session = await ort.InferenceSession.create(model, {
    executionProviders: ['cpu'],
    graphOptimizationLevel: 'all',
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    logSeverityLevel: 4,
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  });
  // Noise, so that suppression within the network has its usual work.
  const levels = Float32Array.from({ length: 3 * side * side }, (_, index) => ((index * 7919) % 255) / 255);
  const images = new ort.Tensor('float32', levels, [1, 3, side, side]);
  return () => session.run({ images });
}
