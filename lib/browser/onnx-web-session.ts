import type { InferenceSession, Tensor } from 'onnxruntime-common';
import { observeDownload } from '@/lib/browser/runtime-download';
import { runtimeFault } from '@/lib/browser/runtime-fault';
import { webgpuLayout } from '@/lib/browser/webgpu-layout';
import { Fault } from '@/lib/core/fault';
import { hostTensorOf } from '@/lib/engines/vision/runtime-tensor';
import type { HostTensor, SessionFactory, VisionSession } from '@/lib/engines/vision/session';

/** What a session tells besides its answers. */
export type WebSessionEvents = {
  /** Bytes of the runtime that arrived; the total is null when the server compresses on the way. */
  readonly onDownload: (progress: { file: string; loadedBytes: number; totalBytes: number | null }) => void;
  /** The graphics card went away: sessions on it are dead. */
  readonly onDeviceLost: () => void;
};

export type WebRuntimeChoice =
  | { readonly backend: 'wasm'; readonly threads: number }
  | { readonly backend: 'webgpu'; readonly threads: 1 };

type Runtime = typeof import('onnxruntime-web/wasm');

/** A run's errors come back as exceptions; the runtime need not print them too. */
const quietRun: InferenceSession.RunOptions = { logSeverityLevel: 4 };

const loading = new Map<'wasm' | 'webgpu', Promise<Runtime>>();

/**
 * Makes sessions of ONNX Runtime Web. The runtime of a backend is downloaded from our own origin on first use and only then:
 * 14.2 MB for WASM (3.7 MB gzipped), 26.8 MB for WebGPU (6.7 MB gzipped).
 *
 * The number of threads is fixed by the first session of a worker: the runtime starts its pool once.
 */
export function webSessionFactory(choice: WebRuntimeChoice, events: WebSessionEvents): SessionFactory {
  return async (model) => {
    const ort = await loadRuntime(choice, events);
    try {
      const session = await ort.InferenceSession.create(model, {
        executionProviders: [await executionProvider(choice.backend, model)],
        graphOptimizationLevel: 'all',
        // What the runtime would print about its nodes comes back as exceptions; its warnings concern nobody here.
        logSeverityLevel: 4,
      });
      const lease = choice.backend === 'webgpu' ? await leaseDevice(ort, events) : null;
      return visionSession(ort, session, choice, lease);
    } catch (error) {
      throw runtimeFault(error, 'loading the model');
    }
  };
}

async function executionProvider(
  backend: WebRuntimeChoice['backend'],
  model: Uint8Array,
): Promise<InferenceSession.ExecutionProviderConfig> {
  return backend === 'wasm' ? backend : { name: backend, preferredLayout: await webgpuLayout(model) };
}

/** Loads a runtime once per worker; a failed download is forgotten, so that the next attempt starts anew. */
function loadRuntime(choice: WebRuntimeChoice, events: WebSessionEvents): Promise<Runtime> {
  const known = loading.get(choice.backend);
  if (known) return known;
  const attempt = startRuntime(choice, events);
  loading.set(choice.backend, attempt);
  attempt.catch(() => loading.delete(choice.backend));
  return attempt;
}

async function startRuntime(choice: WebRuntimeChoice, { onDownload }: WebSessionEvents): Promise<Runtime> {
  // The bundler hashes both files; naming them here and in the runtime's own bundle gives the same URL.
  const wasmUrl =
    choice.backend === 'wasm'
      ? new URL('onnxruntime-web/ort-wasm-simd-threaded.wasm', import.meta.url)
      : new URL('onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm', import.meta.url);
  const wasm = new URL(wasmUrl.href, location.origin).href;
  try {
    // Fetched here first for its progress: the runtime then streams and compiles it from the browser's cache.
    await observeDownload(wasm, onDownload);
    const ort =
      choice.backend === 'wasm' ? await import('onnxruntime-web/wasm') : await import('onnxruntime-web/webgpu');
    ort.env.wasm.wasmPaths = { wasm };
    ort.env.wasm.numThreads = choice.threads;
    ort.env.logLevel = 'fatal';
    return ort;
  } catch (cause) {
    throw new Fault(
      {
        code: 'runtime-failed',
        found: 'The inference runtime could not be downloaded from this server.',
        remedy: 'Check the connection to the server and try again.',
      },
      { cause },
    );
  }
}

function visionSession(
  ort: Runtime,
  session: InferenceSession,
  choice: WebRuntimeChoice,
  lease: DeviceLease | null,
): VisionSession {
  return {
    backend: choice.backend,
    threads: choice.threads,
    async run(feeds) {
      const inputs = Object.entries(feeds).map(([name, tensor]) => [name, runtimeTensor(ort, tensor)] as const);
      try {
        const outputs = await session.run(Object.fromEntries(inputs), quietRun);
        try {
          const answers: Record<string, HostTensor> = {};
          for (const [name, tensor] of Object.entries(outputs)) {
            answers[name] = hostTensorOf(name, tensor.type, [...tensor.dims], await tensor.getData());
          }
          return answers;
        } finally {
          for (const tensor of Object.values(outputs)) tensor.dispose();
        }
      } catch (error) {
        throw runtimeFault(error, 'running the model');
      } finally {
        for (const [, tensor] of inputs) tensor.dispose();
      }
    },
    async dispose() {
      lease?.end();
      await session.release();
    },
  };
}

type DeviceLease = { end(): void };

/** Sessions that live on a device. */
const leases = new WeakMap<object, Set<DeviceLease>>();

/**
 * Notes that one more session lives on the runtime's device, and calls back when that device is lost under living sessions. The
 * runtime itself destroys a device when its last session is released, which is no loss.
 */
async function leaseDevice(ort: Runtime, { onDeviceLost }: WebSessionEvents): Promise<DeviceLease | null> {
  const device: unknown = await ort.env.webgpu.device;
  if (!isLosableDevice(device)) return null;
  const known = leases.get(device);
  const living = known ?? new Set<DeviceLease>();
  if (!known) {
    leases.set(device, living);
    void device.lost.then(() => {
      if (living.size > 0) onDeviceLost();
    });
  }
  const lease: DeviceLease = { end: () => void living.delete(lease) };
  living.add(lease);
  return lease;
}

function isLosableDevice(value: unknown): value is { readonly lost: Promise<unknown> } {
  return typeof value === 'object' && value !== null && 'lost' in value && value.lost instanceof Promise;
}

/** float16 bits are wrapped by the runtime into a Float16Array where the browser has one. */
function runtimeTensor(ort: Runtime, tensor: HostTensor): Tensor {
  const dims = [...tensor.dims];
  switch (tensor.type) {
    case 'float32':
      return new ort.Tensor('float32', tensor.data, dims);
    case 'float16':
      return new ort.Tensor('float16', tensor.data, dims);
    case 'uint8':
      return new ort.Tensor('uint8', tensor.data, dims);
    case 'int32':
      return new ort.Tensor('int32', tensor.data, dims);
    case 'int64':
      return new ort.Tensor('int64', tensor.data, dims);
  }
}
