import { expect, vi } from 'vitest';
import { createTestSession, type TestSession } from '@/components/test/session/create-test-session';
import type { SessionPorts } from '@/components/test/session/session-core';
import { smallIdentity, smallReport } from '@/components/test/session/test-support/session-fixtures';
import type { PredictReply, PredictRequest, VisionClient } from '@/lib/browser/vision-protocol';
import { Fault } from '@/lib/core/fault';
import type { HeadOutput } from '@/lib/engines/vision/head-output';
import { interpretHead } from '@/lib/engines/vision/interpret-head';

const size = { width: 64, height: 64 };

/** Two anchors far apart: a person at 0.9 and a bus at 0.4. */
function twoObjects(): HeadOutput {
  const data = new Float32Array([10, 40, 10, 40, 8, 8, 8, 8, 0.9, 0, 0, 0.4, 0, 0]);
  return {
    main: { data, dims: [7, 2] },
    prototypes: null,
    placement: { kind: 'letterbox', image: size, input: size, resized: size, scaleX: 1, scaleY: 1, left: 0, top: 0 },
  };
}

/** A worker without a worker: it answers every image at once, or with the fault that its name asks for. */
function fakeClient(identity = smallIdentity) {
  const predicted: PredictRequest[] = [];
  const client: VisionClient = {
    openModel: async (file, options) => {
      const modelId = await file.text();
      if (modelId.startsWith('checkpoint')) {
        options?.onProgress?.({ kind: 'inspected', report: smallReport });
        options?.onProgress?.({ kind: 'converting', progress: { step: 'weights', share: 0.5 } });
        if (modelId.endsWith('refused')) throw new Fault({ code: 'model-unsafe', found: 'No.', remedy: 'Do not.' });
      }
      // Ends only when nobody waits for it any more.
      if (modelId.endsWith('endless')) {
        await new Promise((resolve) => options?.signal?.addEventListener('abort', resolve));
        throw new Fault({ code: 'cancelled', found: '', remedy: '' });
      }
      if (modelId === 'broken') throw new Fault({ code: 'model-not-onnx', found: 'No model.', remedy: 'Drop one.' });
      return { modelId, identity, conversion: null };
    },
    inspectFile: async () => smallReport,
    convertFile: async (file) => new Blob([file, '.onnx']),
    closeModel: async () => {},
    async predict(request, options) {
      predicted.push(request);
      const words = request.image.kind === 'blob' ? await request.image.blob.text() : '';
      if (options?.signal?.aborted) throw new Fault({ code: 'cancelled', found: '', remedy: '' });
      if (words === 'not an image') throw new Fault({ code: 'image-not-an-image', found: 'Text.', remedy: 'Drop.' });
      if (request.modelId === 'hungry') throw new Fault({ code: 'out-of-memory', found: 'Full.', remedy: 'Smaller.' });
      return replyTo(request);
    },
    decode: async () => bitmap(),
    setBackend: async () => {},
    subscribe: () => () => {},
    dispose: () => {},
  };
  return { client, predicted };
}

function replyTo({ spec, thresholds, wantBitmap }: PredictRequest): PredictReply {
  const output = twoObjects();
  return {
    result: interpretHead(spec, output, thresholds),
    output,
    timings: { decode: 1, letterbox: 1, inference: 1, postprocess: 1 },
    backend: { backend: 'wasm', threads: 1, device: null, slowReasons: [] },
    bitmap: wantBitmap ? bitmap() : null,
  };
}

/** Node has no ImageBitmap; the session only reads its size and closes it. */
function bitmap(): ImageBitmap {
  return { ...size, close: () => {} };
}

/** A session over the worker above, with the models it keeps on this machine and the requests that reached the worker. */
export function startSession(identity = smallIdentity) {
  const { client, predicted } = fakeClient(identity);
  const kept = new Map<string, Blob>();
  const ports: SessionPorts = {
    client,
    modelStore: async () => ({
      saveModel: async (id, file, { name }) => {
        kept.set(id, file);
        return { id, name, sizeBytes: file.size, addedAt: 0, readingIndex: null };
      },
      loadModel: async (id) => new File([kept.get(id) ?? ''], id),
      removeModel: async (id) => void kept.delete(id),
      rememberReading: async () => {},
    }),
    interpret: interpretHead,
    thumbnails: { make: async () => 'blob:thumbnail', release: () => {} },
    live: {
      openVideo: async () => {
        throw new Fault({ code: 'video-unreadable', found: 'No video.', remedy: 'Convert it.' });
      },
      openCamera: async () => {
        throw new Fault({ code: 'camera-unavailable', found: 'No camera.', remedy: 'Plug one in.' });
      },
    },
    now: () => performance.now(),
  };
  return { session: createTestSession(ports), predicted, kept };
}

/** The content, which is the name as well, tells the worker what to make of the file. */
export function modelFile(id: string): File {
  return new File([id], `${id}.onnx`);
}

export function image(name: string, content = name) {
  return { name, blob: new Blob([content]) };
}

/** The classes of what is shown. */
export function names({ store }: TestSession): string[] {
  const result = store.getState().shown.primary?.result;
  return result && 'detections' in result ? result.detections.map(({ classId }) => result.names[classId] ?? '') : [];
}

export async function allDone({ store }: TestSession): Promise<void> {
  await vi.waitFor(() => {
    expect(store.getState().images.every(({ run }) => run.status === 'done' || run.status === 'failed')).toBe(true);
  });
}
