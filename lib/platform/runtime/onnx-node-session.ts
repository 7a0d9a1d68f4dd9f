import { availableParallelism } from 'node:os';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { hostTensorOf } from '@/lib/engines/vision/runtime-tensor';
import type { HostTensor, SessionFactory, VisionSession } from '@/lib/engines/vision/session';
import { nodeRuntimeFault } from '@/lib/platform/runtime/onnx-node-fault';

/** The runtime's log level for what only it cares about: errors come back as exceptions, so nothing else is printed. */
const logFatalOnly = 4;

export type NodeSessionOptions = {
  /** Size of a session's pool, by default as many as the machine gives this process. */
  readonly threads?: number;
  /**
   * Whether a run's memory is planned ahead as one block, as it pays for networks that are run. The block of a training step is
   * given back and asked for again at every step: up to a quarter slower, with 1.7 times the memory of pieces that are kept.
   */
  readonly plansMemory?: boolean;
};

/**
 * Makes sessions of ONNX Runtime on the CPU. Idle threads sleep instead of spinning: on a shared machine two spinning threads are
 * slower than one.
 */
export function nodeSessionFactory(options: NodeSessionOptions = {}): SessionFactory {
  const { threads = availableParallelism(), plansMemory = true } = options;
  return async (model) => {
    const session = await createSession(model, threads, plansMemory);
    return visionSession(session, threads);
  };
}

async function createSession(model: Uint8Array, threads: number, plansMemory: boolean): Promise<InferenceSession> {
  try {
    return await InferenceSession.create(model, {
      executionProviders: ['cpu'],
      graphOptimizationLevel: 'all',
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      enableMemPattern: plansMemory,
      logSeverityLevel: logFatalOnly,
      extra: { session: { intra_op: { allow_spinning: '0' } } },
    });
  } catch (error) {
    throw nodeRuntimeFault(error, 'loading');
  }
}

function visionSession(session: InferenceSession, threads: number): VisionSession {
  return {
    backend: 'cpu',
    threads,
    async run(feeds) {
      const inputs: Record<string, Tensor> = {};
      for (const [name, tensor] of Object.entries(feeds)) inputs[name] = runtimeTensor(tensor);
      const outputs = await runSession(session, inputs);
      try {
        const answers: Record<string, HostTensor> = {};
        for (const [name, { type, dims, data }] of Object.entries(outputs)) {
          answers[name] = hostTensorOf(name, type, dims, data);
        }
        return answers;
      } finally {
        for (const tensor of [...Object.values(outputs), ...Object.values(inputs)]) tensor.dispose();
      }
    },
    dispose: () => session.release(),
  };
}

async function runSession(session: InferenceSession, inputs: Record<string, Tensor>): Promise<Record<string, Tensor>> {
  try {
    const outputs: Record<string, Tensor> = {};
    for (const [name, value] of Object.entries(await session.run(inputs))) {
      if (value instanceof Tensor) outputs[name] = value;
    }
    return outputs;
  } catch (error) {
    throw nodeRuntimeFault(error, 'running');
  }
}

function runtimeTensor(tensor: HostTensor): Tensor {
  switch (tensor.type) {
    case 'float32':
      return new Tensor('float32', tensor.data, tensor.dims);
    case 'float16':
      return new Tensor('float16', tensor.data, tensor.dims);
    case 'uint8':
      return new Tensor('uint8', tensor.data, tensor.dims);
    case 'int32':
      return new Tensor('int32', tensor.data, tensor.dims);
    case 'int64':
      return new Tensor('int64', tensor.data, tensor.dims);
  }
}
