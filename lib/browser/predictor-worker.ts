import { type GpuLike, probeGpu } from '@/lib/browser/backend-choice';
import { type ConversionShelf, openConversionShelf } from '@/lib/browser/conversion-shelf';
import { decodeForStage, decodeImage } from '@/lib/browser/decode-image';
import { webSessionFactory } from '@/lib/browser/onnx-web-session';
import { createPredictionService } from '@/lib/browser/prediction-service';
import { replyTransfers } from '@/lib/browser/reply-transfers';
import { leavesRuntimeBroken, runtimeFault } from '@/lib/browser/runtime-fault';
import type { FromWorker, ToWorker, WorkerCall, WorkerReply } from '@/lib/browser/vision-messages';
import type { OpenProgress, VisionEvent } from '@/lib/browser/vision-protocol';
import { conversionWatch, type WorkWatch } from '@/lib/browser/work-watch';

/** The scope of a worker; the project's types otherwise describe the page's. */
type WorkerScope = {
  /** What the worker is for: `predictor`, or `trainer`. */
  readonly name: string;
  readonly crossOriginIsolated: boolean;
  readonly navigator: { readonly gpu?: GpuLike; readonly storage?: StorageManager };
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
  postMessage(message: FromWorker, transfer: Transferable[]): void;
};

declare const self: WorkerScope;

const service = createPredictionService({
  sessionFactory: (choice, onDeviceLost) =>
    webSessionFactory(
      choice.backend === 'wasm' ? { backend: 'wasm', threads: choice.threads } : { backend: 'webgpu', threads: 1 },
      {
        onDownload: (progress) => emit({ kind: 'download', ...progress }),
        onDeviceLost,
      },
    ),
  probeGpu: () => probeGpu(self.navigator.gpu),
  decodeImage,
  conversions,
  now: () => performance.now(),
  crossOriginIsolated: self.crossOriginIsolated,
  emit,
});

/** Stops the call under way. */
const running = new Map<number, AbortController>();

/** One call at a time: the client sends the next one after the answer to the last. */
self.onmessage = async ({ data: message }) => {
  const { id } = message;
  if (message.kind === 'cancel') {
    running.get(id)?.abort();
    return;
  }
  const abort = new AbortController();
  running.set(id, abort);
  try {
    const onProgress = (progress: OpenProgress) => self.postMessage({ kind: 'progress', id, progress }, []);
    const [value, transfer] = await answer(message.call, { onProgress, signal: abort.signal });
    self.postMessage({ kind: 'answer', id, value }, transfer);
  } catch (error) {
    const fault = runtimeFault(error, message.call.kind === 'predict' ? 'running the model' : 'loading the model');
    self.postMessage({ kind: 'failure', id, fault: fault.toPlain(), broken: leavesRuntimeBroken(fault) }, []);
  } finally {
    running.delete(id);
  }
};

async function answer(
  call: WorkerCall,
  watch: WorkWatch<OpenProgress>,
): Promise<[WorkerReply[WorkerCall['kind']], Transferable[]]> {
  switch (call.kind) {
    case 'configure':
      await service.configure(call);
      return [null, []];
    case 'open':
      return [await service.open(call.file, watch), []];
    case 'inspect':
      return [await service.inspect(call.file), []];
    case 'convert':
      return [await service.convert(call.file, call.target, conversionWatch(watch)), []];
    case 'restore':
      service.restore(call.models);
      return [null, []];
    case 'close':
      await service.close(call.modelId);
      return [null, []];
    case 'predict': {
      const reply = await service.predict(call.request);
      return [reply, replyTransfers(reply)];
    }
    case 'decode': {
      const bitmap = await decodeForStage(call.blob);
      return [bitmap, [bitmap]];
    }
  }
}

let shelf: Promise<ConversionShelf | null> | null = null;

/** Private windows give no disk. */
function conversions(): Promise<ConversionShelf | null> {
  const { storage } = self.navigator;
  shelf ??= storage ? openConversionShelf(storage).catch(() => null) : Promise.resolve(null);
  return shelf;
}

function emit(event: VisionEvent): void {
  self.postMessage({ kind: 'event', event }, []);
}

/**
 * The trainer comes in by this door too. All worker scripts of the bundler have one address and differ in its fragment, and Chromium
 * gives the second script of a page the fragment of the first: a script of its own would be a predictor again.
 */
if (self.name === 'trainer') void import('@/lib/browser/training/trainer-worker');
