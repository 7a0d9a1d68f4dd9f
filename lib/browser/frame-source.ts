import type { Size } from '@/lib/engines/geometry/shape';

/** One frame, taken out of a stream together with its own time: what is predicted is what is shown. */
export type CapturedFrame = {
  /** Belongs to whoever receives it. */
  readonly bitmap: ImageBitmap;
  /** Time of this very frame in the media, seconds. */
  readonly mediaTime: number;
  /** Counted from 0: by the frame rate for a file, by arrival for a camera. */
  readonly frameNumber: number;
};

/** Frames per second: how many were predicted in the last second, and how many the source has (null when not known). */
type FrameRates = { readonly processed: number; readonly source: number | null };

export type FrameHandlers = {
  /** The next frame is taken when this resolves; those that pass meanwhile are dropped, never queued. */
  readonly onFrame: (frame: CapturedFrame, rates: FrameRates) => Promise<void>;
  /** The last frame was shown, or the camera was unplugged. */
  readonly onEnded: () => void;
  /** A frame could not be taken or handled; playing has stopped. */
  readonly onError: (error: unknown) => void;
};

/** A video file or a camera. */
export type FrameSource = {
  readonly size: Size;
  readonly playing: boolean;
  /** The frame shown now. */
  captureFrame(): Promise<CapturedFrame>;
  play(handlers: FrameHandlers): Promise<void>;
  pause(): void;
  /** Ends playing and releases the file or the camera. */
  dispose(): void;
};
