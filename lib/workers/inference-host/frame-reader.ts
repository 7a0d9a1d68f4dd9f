import sharp from 'sharp';
import { Fault } from '@/lib/core/fault';
import type { PixelImage } from '@/lib/engines/vision/pixel-image';
import type { FrameSampling, VideoFrame } from '@/lib/platform/inference/inference-messages';
import { loadVideoLibrary, type VideoSample, type VideoTrack } from '@/lib/workers/inference-host/video-library';

/** 8K. Decoders hold a dozen frames. */
const maximumPixels = 2 ** 25;

/** Times in files are multiples of their own clock: a sample asks a little later than the frame that it means. */
const roundingSeconds = 1e-3;

export type FrameReader = {
  /** The next frame, or null after the last. Rejects with a `Fault` (`video-unreadable`). */
  next(): Promise<VideoFrame | null>;
};

/** Reads frames out of a video file, evenly over its whole length: see `FrameSampling`. */
export function createFrameReader(file: string, sampling: FrameSampling): FrameReader {
  const frames = readFrames(file, sampling);
  return {
    async next() {
      const step = await frames.next();
      return step.done ? null : step.value;
    },
  };
}

async function* readFrames(file: string, sampling: FrameSampling): AsyncGenerator<VideoFrame> {
  const library = await loadVideoLibrary();
  const input = new library.Input({ formats: library.ALL_FORMATS, source: new library.FilePathSource(file) });
  let count = 0;
  try {
    const track = await readableTrack(await input.getPrimaryVideoTrack());
    const times = sampleTimes(await track.getFirstTimestamp(), await track.computeDuration(), sampling);
    let previous = Number.NEGATIVE_INFINITY;
    for await (const sample of new library.VideoSampleSink(track).samplesAtTimestamps(times)) {
      // Where frames are rarer than samples, two of them meet the same frame.
      if (sample === null || sample.timestamp <= previous) continue;
      previous = sample.timestamp;
      count += 1;
      yield { pixels: await uprightPixels(sample), seconds: Math.max(0, sample.timestamp) };
    }
  } catch (error) {
    throw error instanceof Fault ? error : unreadable(`it cannot be decoded (${firstLine(error)})`, error);
  }
  if (count === 0) throw unreadable('it holds no frame');
}

async function readableTrack(track: VideoTrack | null): Promise<VideoTrack> {
  if (track === null) throw unreadable('it has no picture track');
  if (track.codedWidth * track.codedHeight > maximumPixels) {
    throw unreadable(`its frames have ${track.codedWidth} × ${track.codedHeight} pixels, more than 8K`);
  }
  if (!(await track.canDecode())) throw unreadable(`it is coded as ${track.codec ?? 'something unknown'}`);
  return track;
}

/** Times in seconds, at least `everySeconds` apart and so far that `maximumFrames` reach to the end. */
function sampleTimes(start: number, end: number, { maximumFrames, everySeconds }: FrameSampling): readonly number[] {
  const length = Math.max(0, end - start);
  const step = Math.max(everySeconds, length / maximumFrames, 1e-3);
  const count = Math.min(maximumFrames, Math.max(1, Math.ceil(length / step)));
  return Array.from({ length: count }, (_, index) => start + index * step + roundingSeconds);
}

async function uprightPixels(sample: VideoSample): Promise<PixelImage> {
  try {
    const { width, height } = sample.visibleRect;
    const rgba = new Uint8Array(sample.allocationSize({ format: 'RGBA' }));
    await sample.copyTo(rgba, { format: 'RGBA' });
    const { data, info } = await sharp(rgba, { raw: { width, height, channels: 4 } })
      .rotate(sample.rotation)
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, channels: 3, data: new Uint8Array(data) };
  } finally {
    sample.close();
  }
}

function unreadable(reason: string, cause?: unknown): Fault {
  return new Fault(
    {
      code: 'video-unreadable',
      found: `Frames cannot be read from this video: ${reason}.`,
      remedy: 'Save it as MP4 (H.264) or WebM (VP9), or send single frames as images.',
    },
    { cause },
  );
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n', 1)[0].slice(0, 160).replace(/\.$/, '');
}
