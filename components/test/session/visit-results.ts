import { runModel } from '@/components/test/session/predict-scheduler';
import type { SessionCore } from '@/components/test/session/session-core';
import { runKey, runnableModel } from '@/components/test/session/test-state';
import { Fault } from '@/lib/core/fault';
import { createMaskCache } from '@/lib/engines/vision/mask-cache';
import type { VisionResult } from '@/lib/engines/vision/vision-result';

export type VisitedResult = {
  readonly imageName: string;
  /** Place in the strip. */
  readonly index: number;
  readonly result: VisionResult;
  /** Closed when the visit ends. */
  readonly bitmap: ImageBitmap | null;
};

export type VisitOptions = { readonly withBitmaps: boolean; readonly signal: AbortSignal };

/**
 * Visits every image's result at the thresholds of now, in the order of the strip. What has been evicted, or has not run yet,
 * is run. Images that cannot be read are left out. Rejects with `cancelled` when aborted.
 */
export async function visitResults(
  core: SessionCore,
  visit: (visited: VisitedResult) => Promise<void>,
  { withBitmaps, signal }: VisitOptions,
): Promise<void> {
  const { images, imgsz, activeModelKey, thresholds } = core.get();
  const model = runnableModel(core.get(), activeModelKey);
  if (!model) return;
  for (const [index, image] of images.entries()) {
    if (signal.aborted) throw cancelled();
    if (image.run.status === 'failed') continue;
    const key = runKey(image.id, model, imgsz);
    try {
      let bitmap: ImageBitmap | null = null;
      let run = core.runs.get(key);
      if (!run) {
        const input = { kind: 'blob', blob: image.blob } as const;
        const fresh = await runModel(core, model, input, { key, wantBitmap: withBitmaps, signal });
        run = fresh.run;
        bitmap = fresh.reply.bitmap;
      }
      if (withBitmaps) bitmap ??= await core.ports.client.decode(image.blob, { signal });
      const result = core.ports.interpret(run.spec, run.output, thresholds, createMaskCache());
      await visit({ imageName: image.name, index, result, bitmap });
      bitmap?.close();
    } catch (error) {
      if (error instanceof Fault && error.code.startsWith('image-')) continue;
      throw error;
    }
  }
}

function cancelled(): Fault {
  return new Fault({ code: 'cancelled', found: 'The export was cancelled.', remedy: 'Start it again when you like.' });
}
