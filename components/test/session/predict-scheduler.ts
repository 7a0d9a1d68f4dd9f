import { mapImage, markDone, markFailed, markRunning } from '@/components/test/session/image-transitions';
import { blameModel } from '@/components/test/session/model-transitions';
import { type Job, nextJob } from '@/components/test/session/next-job';
import { type SessionCore, toPlainFault, translateThresholds } from '@/components/test/session/session-core';
import { summariseResult } from '@/components/test/session/summarise-result';
import { type CachedRun, type ReadyModel, readingOf } from '@/components/test/session/test-state';
import type { ImageInput, PredictReply } from '@/lib/browser/vision-protocol';
import { createMaskCache } from '@/lib/engines/vision/mask-cache';

/**
 * Gives the session its scheduler: one job at a time, chosen anew after each by `nextJob`, so that whatever the person looks
 * at comes first. An interrupted job leaves no trace but what it had finished.
 */
export function startScheduler(core: SessionCore): void {
  let running: AbortController | null = null;

  core.pump = () => {
    if (running) return;
    const { shown } = core.get();
    const job = nextJob(core.get(), {
      hasRun: (key) => core.runs.has(key) || shown.primary?.run.key === key || shown.secondary?.run.key === key,
      hasBitmap: (id) => core.bitmaps.has(id) || (shown.imageId === id && shown.bitmap !== null),
    });
    if (!job) return;
    const abort = new AbortController();
    running = abort;
    void perform(core, job, abort.signal).finally(() => {
      running = null;
      core.pump();
    });
  };
  core.interrupt = () => running?.abort();
}

/** Runs a model once and keeps the raw output under `key`. */
export async function runModel(
  core: SessionCore,
  model: ReadyModel & { readonly key: string },
  image: ImageInput,
  options: { readonly key: string; readonly wantBitmap: boolean; readonly signal: AbortSignal },
): Promise<{ readonly run: CachedRun; readonly reply: PredictReply }> {
  const { thresholds, imgsz } = core.get();
  const { spec } = readingOf(model);
  const active = core.get().shown.primary?.run.spec.names ?? spec.names;
  const reply = await core.ports.client.predict(
    {
      modelId: model.modelId,
      spec,
      image,
      imgsz: spec.input.size.kind === 'dynamic' ? imgsz : null,
      thresholds: translateThresholds(thresholds, active, spec.names),
      wantBitmap: options.wantBitmap,
    },
    { signal: options.signal },
  );
  const run: CachedRun = {
    key: options.key,
    modelKey: model.key,
    spec,
    output: reply.output,
    timings: reply.timings,
    backend: reply.backend,
  };
  return { run, reply };
}

async function perform(core: SessionCore, job: Job, signal: AbortSignal): Promise<void> {
  try {
    if (job.kind === 'decode') await decode(core, job.imageId, signal);
    else await predict(core, job, signal);
  } catch (error) {
    const fault = toPlainFault(error);
    if (fault.code === 'cancelled' || signal.aborted) return;
    const isModelFault = job.kind === 'predict' && !fault.code.startsWith('image-');
    if (isModelFault) core.update((state) => blameModel(state, job.model.key, fault, core.ports.now()));
    else core.update((state) => markFailed(state, job.imageId, fault, core.ports.now()));
  }
  core.refreshShown();
}

async function predict(core: SessionCore, job: Extract<Job, { kind: 'predict' }>, signal: AbortSignal): Promise<void> {
  const image = core.get().images.find(({ id }) => id === job.imageId);
  if (!image) return;
  const isSelected = core.get().selectedImageId === image.id;
  if (job.role === 'primary') core.update((state) => markRunning(state, image.id));
  const wantBitmap = image.thumbnailUrl === null || (isSelected && !core.bitmaps.has(image.id));
  const { run, reply } = await runModel(
    core,
    job.model,
    { kind: 'blob', blob: image.blob },
    { key: job.key, wantBitmap, signal },
  );
  if (signal.aborted || !core.get().images.some(({ id }) => id === image.id)) {
    reply.bitmap?.close();
    return;
  }
  core.runs.set(job.key, run);
  if (reply.bitmap) await keepBitmap(core, image.id, reply.bitmap);
  if (job.role === 'secondary') return;
  const { thresholds } = core.get();
  const masks = isSelected ? core.masks.primary : createMaskCache();
  // The worker has made the masks already: nothing is left to do here but to filter.
  masks.keep({ spec: run.spec, output: run.output, grid: 'network' }, reply.result);
  const result = core.ports.interpret(run.spec, run.output, thresholds, masks);
  const summary = summariseResult(result);
  core.update((state) => markDone(state, image.id, result.image, summary, core.ports.now()));
}

async function decode(core: SessionCore, imageId: string, signal: AbortSignal): Promise<void> {
  const image = core.get().images.find(({ id }) => id === imageId);
  if (!image) return;
  const bitmap = await core.ports.client.decode(image.blob, { signal });
  await keepBitmap(core, imageId, bitmap);
}

async function keepBitmap(core: SessionCore, imageId: string, bitmap: ImageBitmap): Promise<void> {
  const image = core.get().images.find(({ id }) => id === imageId);
  if (!image) {
    bitmap.close();
    return;
  }
  const size = { width: bitmap.width, height: bitmap.height };
  const thumbnailUrl = image.thumbnailUrl ?? (await core.ports.thumbnails.make(bitmap));
  core.bitmaps.set(imageId, bitmap);
  core.update((state) => mapImage(state, imageId, (entry) => ({ ...entry, size, thumbnailUrl })));
}
