import { createRateMeter } from '@/lib/browser/frame-rate';
import type { CapturedFrame, FrameHandlers } from '@/lib/browser/frame-source';

/**
 * Hands a playing element's frames to `onFrame`, one at a time: while one is worked on, those presented are dropped. Returns what
 * stops it.
 */
export function startFrameLoop(
  video: HTMLVideoElement,
  capture: () => Promise<CapturedFrame>,
  sourceRate: () => number | null,
  { onFrame, onError }: Pick<FrameHandlers, 'onFrame' | 'onError'>,
): () => void {
  const meter = createRateMeter();
  let stopped = false;

  async function handle(): Promise<void> {
    if (stopped) return;
    try {
      const frame = await capture();
      if (stopped) {
        frame.bitmap.close();
        return;
      }
      const now = performance.now();
      await onFrame(frame, { processed: meter.rate(now), source: sourceRate() });
      meter.tick(performance.now());
    } catch (error) {
      stop();
      onError(error);
      return;
    }
    if (!stopped) video.requestVideoFrameCallback(() => void handle());
  }

  function stop(): void {
    stopped = true;
  }

  video.requestVideoFrameCallback(() => void handle());
  return stop;
}

/**
 * The frame an element shows now, with that frame's own time: a `VideoFrame` carries both, so that they cannot disagree. Browsers
 * without it give the element's picture and clock, which may be one frame apart.
 */
export async function captureElement(video: HTMLVideoElement): Promise<{ bitmap: ImageBitmap; mediaTime: number }> {
  if (typeof VideoFrame === 'undefined') {
    return { bitmap: await createImageBitmap(video), mediaTime: video.currentTime };
  }
  const frame = new VideoFrame(video);
  try {
    const mediaTime = frame.timestamp / 1e6;
    const bitmap = await createImageBitmap(frame);
    if (bitmap.width === video.videoWidth && bitmap.height === video.videoHeight) return { bitmap, mediaTime };
    // A recording turned by its metadata: the element applies the turn, the bare frame may not.
    bitmap.close();
    return { bitmap: await createImageBitmap(video), mediaTime };
  } finally {
    frame.close();
  }
}
