import { writeFile } from 'node:fs/promises';

/** What is used of `mediabunny` to write a video; the reading half is in lib/workers/inference-host/video-library.ts. */
type RecordingLibrary = {
  readonly BufferTarget: new () => { readonly buffer: ArrayBuffer | null };
  readonly Mp4OutputFormat: new () => unknown;
  readonly WebMOutputFormat: new () => unknown;
  readonly Output: new (options: {
    readonly format: unknown;
    readonly target: unknown;
  }) => {
    addVideoTrack(source: unknown, options: { readonly frameRate: number; readonly rotation: number }): void;
    start(): Promise<void>;
    finalize(): Promise<void>;
  };
  readonly VideoSampleSource: new (options: {
    readonly codec: string;
    readonly bitrate: number;
  }) => {
    add(sample: unknown): Promise<void>;
  };
  readonly VideoSample: new (planes: Uint8Array, options: Record<string, unknown>) => { close(): void };
};

/** The libraries for videos, or null where they are not installed: they are optional. */
export async function recordingLibrary(): Promise<RecordingLibrary | null> {
  const names = ['@napi-rs/webcodecs/polyfill', 'mediabunny'];
  try {
    const [, library] = [await import(names[0]), await import(names[1])];
    return library;
  } catch {
    return null;
  }
}

type Recording = {
  readonly container: 'mp4' | 'webm';
  readonly codec: 'avc' | 'hevc' | 'vp8' | 'vp9' | 'av1';
  readonly width: number;
  readonly height: number;
  readonly frames: number;
  /** Degrees clockwise by which a player has to turn the picture. */
  readonly rotation?: 0 | 90 | 180 | 270;
};

/** Writes a video of ten frames a second: white in the left half, black in the right one. */
export async function recordVideo(library: RecordingLibrary, file: string, recording: Recording): Promise<void> {
  const { container, codec, width, height, frames, rotation = 0 } = recording;
  const target = new library.BufferTarget();
  const format = container === 'mp4' ? new library.Mp4OutputFormat() : new library.WebMOutputFormat();
  const output = new library.Output({ format, target });
  const source = new library.VideoSampleSource({ codec, bitrate: 2e6 });
  output.addVideoTrack(source, { frameRate: 10, rotation });
  await output.start();
  const planes = halfWhite(width, height);
  for (let frame = 0; frame < frames; frame += 1) {
    const sample = new library.VideoSample(planes, {
      format: 'I420',
      codedWidth: width,
      codedHeight: height,
      timestamp: frame / 10,
      duration: 0.1,
      colorSpace: { matrix: 'bt709', primaries: 'bt709', transfer: 'bt709', fullRange: false },
    });
    await source.add(sample);
    sample.close();
  }
  await output.finalize();
  await writeFile(file, new Uint8Array(target.buffer ?? new ArrayBuffer(0)));
}

/** Luma of the studio range, 235 and 16; no colour. */
function halfWhite(width: number, height: number): Uint8Array {
  const planes = new Uint8Array((width * height * 3) / 2).fill(128);
  for (let row = 0; row < height; row += 1) {
    planes.fill(235, row * width, row * width + width / 2);
    planes.fill(16, row * width + width / 2, (row + 1) * width);
  }
  return planes;
}
