import { availableParallelism } from 'node:os';
import * as ort from 'onnxruntime-web';

/** A bare session of the WASM runtime with the threads the page would take, to hold our own steps against. */
export async function bareWasmSession(model: Uint8Array): Promise<{ threads: number; run(): Promise<unknown> }> {
  const threads = Math.max(1, Math.min(4, availableParallelism() - 1));
  ort.env.wasm.numThreads = threads;
  const session = await ort.InferenceSession.create(model, { executionProviders: ['wasm'], logSeverityLevel: 4 });
  const input = new ort.Tensor('float32', new Float32Array(3 * 640 * 640).fill(0.5), [1, 3, 640, 640]);
  return { threads, run: () => session.run({ images: input }) };
}
