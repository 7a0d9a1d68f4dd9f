import { type GpuLike, probeGpu } from '@/lib/browser/backend-choice';
import { decodeForStage, decodeImage } from '@/lib/browser/decode-image';
import { webSessionFactory } from '@/lib/browser/onnx-web-session';
import { createPredictionService } from '@/lib/browser/prediction-service';
import { replyTransfers } from '@/lib/browser/reply-transfers';
import { leavesRuntimeBroken, runtimeFault } from '@/lib/browser/runtime-fault';
import type { FromWorker, ToWorker, WorkerCall, WorkerReply } from '@/lib/browser/vision-messages';
import type { VisionEvent } from '@/lib/browser/vision-protocol';

/** The scope of a worker; the project's types otherwise describe the page's. */
type WorkerScope = {
  readonly crossOriginIsolated: boolean;
  readonly navigator: { readonly gpu?: GpuLike };
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
  crossOriginIsolated: self.crossOriginIsolated,
  emit,
});

/** One call at a time: the client sends the next one after the answer to the last. */
self.onmessage = async ({ data: { id, call } }) => {
  try {
    const [value, transfer] = await answer(call);
    self.postMessage({ kind: 'answer', id, value }, transfer);
  } catch (error) {
    const fault = runtimeFault(error, 'running the model');
    self.postMessage({ kind: 'failure', id, fault: fault.toPlain(), broken: leavesRuntimeBroken(fault) }, []);
  }
};

async function answer(call: WorkerCall): Promise<[WorkerReply[WorkerCall['kind']], Transferable[]]> {
  switch (call.kind) {
    case 'configure':
      await service.configure(call);
      return [null, []];
    case 'open':
      return [await service.open(call.file), []];
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

function emit(event: VisionEvent): void {
  self.postMessage({ kind: 'event', event }, []);
}
