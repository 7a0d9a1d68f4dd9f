import { captureElement, startFrameLoop } from '@/lib/browser/frame-loop';
import { estimateFrameRate, type PresentedFrame } from '@/lib/browser/frame-rate';
import type { CapturedFrame, FrameSource } from '@/lib/browser/frame-source';
import { Fault } from '@/lib/core/fault';

export type VideoSource = FrameSource & {
  readonly durationSeconds: number;
  /** Frames per second of the file, or null when the browser would not play it long enough to tell. */
  readonly frameRate: number | null;
  seek(seconds: number): Promise<CapturedFrame>;
  /** The frame after or before the one shown; the same one at either end. Pauses. */
  stepFrame(direction: 1 | -1): Promise<CapturedFrame>;
};

/** Frames looked at to tell the rate, and the longest wait for them: the element is not shown meanwhile. */
const sampledFrames = 12;
const longestSampleMs = 800;

/** Recordings of screens hold one frame while nothing changes; a step looks this many frame lengths ahead for another. */
const longestGapFrames = 120;

/** A time after the end of any recording. */
const afterTheEnd = 1e9;

/** Taken for the length of a frame where the rate is not known. */
const assumedRate = 30;

/**
 * Opens a video file of any size: the browser reads what it plays through an object URL. Throws `video-unreadable` with what the
 * browser said about a file it cannot decode.
 */
export async function openVideo(file: Blob): Promise<VideoSource> {
  const url = URL.createObjectURL(file);
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.preload = 'auto';
  video.src = url;
  let stopLoop: (() => void) | null = null;

  function release(): void {
    stopLoop?.();
    video.pause();
    video.removeAttribute('src');
    video.load();
    URL.revokeObjectURL(url);
  }

  try {
    await untilFirstFrame(video);
  } catch (error) {
    release();
    throw error;
  }
  // Recordings made in a browser do not state their length; looking for their end makes it known.
  if (!Number.isFinite(video.duration)) await seekElement(video, afterTheEnd);
  await seekElement(video, 0);
  const frameRate = estimateFrameRate(await samplePlayback(video));
  const frameSeconds = 1 / (frameRate ?? assumedRate);

  async function captureFrame(): Promise<CapturedFrame> {
    const { bitmap, mediaTime } = await captureElement(video);
    return { bitmap, mediaTime, frameNumber: Math.round(mediaTime / frameSeconds) };
  }

  function pause(): void {
    stopLoop?.();
    stopLoop = null;
    video.pause();
  }

  async function seek(seconds: number): Promise<CapturedFrame> {
    await seekElement(video, Math.min(Math.max(0, seconds), Math.max(0, video.duration - frameSeconds / 2)));
    return captureFrame();
  }

  await seekElement(video, 0);
  return {
    size: { width: video.videoWidth, height: video.videoHeight },
    durationSeconds: video.duration,
    frameRate,
    get playing() {
      return stopLoop !== null;
    },
    captureFrame,
    seek,

    async stepFrame(direction) {
      pause();
      const shown = await captureFrame();
      shown.bitmap.close();
      for (let frames = 1; ; frames++) {
        // The middle of the neighbour: rounding of its borders then never matters.
        const target = shown.mediaTime + (direction * frames + 0.5) * frameSeconds;
        const frame = await seek(target);
        const atEnd = target <= 0 || target >= video.duration;
        if (frame.mediaTime !== shown.mediaTime || atEnd || frames === longestGapFrames) return frame;
        frame.bitmap.close();
      }
    },

    async play(handlers) {
      pause();
      if (video.ended) await seekElement(video, 0);
      const stop = startFrameLoop(video, captureFrame, () => frameRate, {
        onFrame: handlers.onFrame,
        onError(error) {
          pause();
          handlers.onError(error);
        },
      });
      stopLoop = stop;
      video.onended = () => {
        pause();
        handlers.onEnded();
      };
      try {
        await video.play();
      } catch (cause) {
        // Pausing before the first frame interrupts `play`, which is no error.
        if (stopLoop !== stop) return;
        pause();
        throw unreadable(cause instanceof Error ? cause.message : String(cause));
      }
    },

    pause,
    dispose: release,
  };
}

/** Resolves when a frame can be drawn. */
function untilFirstFrame(video: HTMLVideoElement): Promise<void> {
  return new Promise((resolve, reject) => {
    video.onloadeddata = () => {
      video.onerror = null;
      if (video.videoWidth > 0) resolve();
      else reject(unreadable('it has sound but no picture'));
    };
    video.onerror = () => reject(unreadable(video.error?.message || 'the format is not supported'));
  });
}

function seekElement(video: HTMLVideoElement, seconds: number): Promise<void> {
  return new Promise((resolve, reject) => {
    video.onseeked = () => resolve();
    video.onerror = () => reject(unreadable(video.error?.message || 'it ends in the middle'));
    video.currentTime = seconds;
  });
}

/** Plays the beginning unseen and notes its frames. A browser that refuses to play gives none. */
function samplePlayback(video: HTMLVideoElement): Promise<PresentedFrame[]> {
  return new Promise((resolve) => {
    const frames: PresentedFrame[] = [];
    function finish(): void {
      clearTimeout(timer);
      video.onended = null;
      video.pause();
      resolve(frames);
    }
    function note(_now: number, { mediaTime, presentedFrames }: VideoFrameCallbackMetadata): void {
      frames.push({ mediaTime, presentedFrames });
      if (frames.length >= sampledFrames) finish();
      else video.requestVideoFrameCallback(note);
    }
    const timer = setTimeout(finish, longestSampleMs);
    video.onended = finish;
    video.requestVideoFrameCallback(note);
    video.play().catch(finish);
  });
}

function unreadable(said: string): Fault {
  return new Fault({
    code: 'video-unreadable',
    found: `The browser could not play this video: ${said.replace(/\.$/, '')}.`,
    remedy: 'Convert it to MP4 (H.264) or WebM (VP9), which every browser plays.',
  });
}
