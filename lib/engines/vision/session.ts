import type { ModelFacts } from '@/lib/engines/model-files/model-facts';

/** A tensor in host memory. float16 travels as raw bits so that engines without Float16Array can read it. */
export type HostTensor =
  | { readonly type: 'float32'; readonly data: Float32Array; readonly dims: readonly number[] }
  | { readonly type: 'float16'; readonly data: Uint16Array; readonly dims: readonly number[] }
  | { readonly type: 'uint8'; readonly data: Uint8Array; readonly dims: readonly number[] }
  | { readonly type: 'int32'; readonly data: Int32Array; readonly dims: readonly number[] }
  | { readonly type: 'int64'; readonly data: BigInt64Array; readonly dims: readonly number[] };

export type Backend = 'webgpu' | 'wasm' | 'cpu';

/** One loaded model on one runtime. Not re-entrant: its owner queues runs. */
export type VisionSession = {
  readonly backend: Backend;
  /** Threads the runtime really uses (1 on WebGPU). */
  readonly threads: number;
  /** Runs the network. The adapter copies the outputs to host memory and disposes every runtime tensor before it resolves. */
  run(feeds: Readonly<Record<string, HostTensor>>): Promise<Readonly<Record<string, HostTensor>>>;
  dispose(): Promise<void>;
};

/** Makes a session from the bytes of an ONNX file. Rejects with a `Fault` (unknown operator, out of memory, …). */
export type SessionFactory = (model: Uint8Array, facts: ModelFacts) => Promise<VisionSession>;
