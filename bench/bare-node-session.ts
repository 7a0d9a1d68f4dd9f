import { availableParallelism } from 'node:os';
import * as ort from 'onnxruntime-node';

/** The bare `session.run` of a network of 640 × 640 in this process, with the options of ours: what the product is measured against. */
export async function bareNodeRun(
  model: Uint8Array,
  threads = availableParallelism(),
): Promise<() => Promise<unknown>> {
  const session = await ort.InferenceSession.create(model, {
    executionProviders: ['cpu'],
    graphOptimizationLevel: 'all',
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    logSeverityLevel: 4,
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  });
  const images = new ort.Tensor('float32', new Float32Array(3 * 640 * 640).fill(0.5), [1, 3, 640, 640]);
  return () => session.run({ images });
}
