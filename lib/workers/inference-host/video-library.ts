import { Fault } from '@/lib/core/fault';

/** What is used of `mediabunny`, which finds frames in a file and has them decoded by whatever WebCodecs there is. */
export type VideoLibrary = {
  readonly ALL_FORMATS: unknown;
  readonly FilePathSource: new (file: string) => unknown;
  readonly Input: new (options: {
    readonly formats: unknown;
    readonly source: unknown;
  }) => { getPrimaryVideoTrack(): Promise<VideoTrack | null> };
  readonly VideoSampleSink: new (
    track: VideoTrack,
  ) => {
    samplesAtTimestamps(seconds: readonly number[]): AsyncIterable<VideoSample | null>;
  };
};

export type VideoTrack = {
  readonly codec: string | null;
  readonly codedWidth: number;
  readonly codedHeight: number;
  canDecode(): Promise<boolean>;
  getFirstTimestamp(): Promise<number>;
  /** When the last frame ends, in seconds. */
  computeDuration(): Promise<number>;
};

export type VideoSample = {
  readonly timestamp: number;
  /** Degrees clockwise by which it has to be turned. */
  readonly rotation: number;
  readonly visibleRect: { readonly width: number; readonly height: number };
  allocationSize(options: { readonly format: 'RGBA' }): number;
  copyTo(destination: Uint8Array, options: { readonly format: 'RGBA' }): Promise<unknown>;
  close(): void;
};

/** The reader of containers, and the decoders that it finds as global WebCodecs. */
const libraryName = 'mediabunny';
const decodersName = '@napi-rs/webcodecs/polyfill';

/**
 * Loads the libraries that read videos. They are optional, because their decoders are large and under licences of their own:
 * without them videos are refused with a `Fault` (`video-unreadable`) that says what to install.
 */
export async function loadVideoLibrary(): Promise<VideoLibrary> {
  try {
    await import(decodersName);
    // The types above are those of the pinned version; the test that decodes a video proves that they fit.
    return (await import(libraryName)) as VideoLibrary;
  } catch (cause) {
    throw new Fault(
      {
        code: 'video-unreadable',
        found: 'This server was installed without the parts that read videos (mediabunny and @napi-rs/webcodecs).',
        remedy: 'Send single frames as images, or ask the operator of the server to install them.',
      },
      { cause },
    );
  }
}
