import { modelPath } from '@/components/models/model-path';
import { createUploads, type Uploads } from '@/components/upload/create-uploads';
import { refusalFault } from '@/components/upload/refusal-fault';
import { rememberedUploads } from '@/components/upload/remembered-uploads';
import { sendPiece } from '@/components/upload/send-piece';
import type { UploadedModel, UploadTarget } from '@/components/upload/upload-entry';
import type { UploadTransport } from '@/components/upload/upload-transport';
import { ApiError } from '@/lib/client/api-error';
import { callApi } from '@/lib/client/call-api';
import { createModelOperation, replaceModelFileOperation } from '@/lib/http/operations/models';
import { cancelUploadOperation, createUploadOperation, getUploadOperation } from '@/lib/http/operations/uploads';

let uploads: Uploads | null = null;

/** The uploads of this browser tab: they go on while the person walks from page to page. */
export function pageUploads(): Uploads {
  uploads ??= createUploads({
    transport: apiTransport,
    finish: finishUpload,
    remembered: rememberedUploads(storageOfPage(), Date.now),
    wait: waitOrOnline,
    now: Date.now,
  });
  return uploads;
}

const apiTransport: UploadTransport = {
  start: ({ fileName, sizeBytes }, signal) =>
    inUploadWords(() => callApi(createUploadOperation, { body: { fileName, sizeBytes }, signal })),
  find: (uploadId, signal) => inUploadWords(() => callApi(getUploadOperation, { params: { uploadId }, signal })),
  send: sendPiece,
  async cancel(uploadId) {
    await callApi(cancelUploadOperation, { params: { uploadId } });
  },
};

async function finishUpload(target: UploadTarget, uploadId: string, signal: AbortSignal): Promise<UploadedModel> {
  const model = await inUploadWords(() => {
    switch (target.kind) {
      case 'new-model':
        return callApi(createModelOperation, { body: { projectId: target.projectId, uploadId }, signal });
      case 'replace-file':
        return callApi(replaceModelFileOperation, { params: { modelId: target.modelId }, body: { uploadId }, signal });
    }
  });
  const { id, name, projectId, status, statusReason } = model;
  return { id, name, projectId, href: modelPath(model), reason: status === 'ready' ? null : statusReason };
}

async function inUploadWords<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw refusalFault(error);
  }
}

/** A pause that ends early when the browser finds its network again. */
function waitOrOnline(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer);
      window.removeEventListener('online', onOnline);
      signal.removeEventListener('abort', onAbort);
    };
    const onOnline = () => {
      end();
      resolve();
    };
    const onAbort = () => {
      end();
      reject(signal.reason);
    };
    const timer = setTimeout(onOnline, milliseconds);
    window.addEventListener('online', onOnline);
    signal.addEventListener('abort', onAbort);
  });
}

/** Browsers that forbid storage throw when it is touched. */
function storageOfPage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
