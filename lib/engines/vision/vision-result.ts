import type { Task } from '@/lib/core/task';
import type { Box, Keypoint, OrientedBox, Polygon, Size } from '@/lib/engines/geometry/shape';

/** What to keep of a head's output. `conf` and `iou` are 0–1; `conf` is strict (score > conf). */
export type Thresholds = {
  readonly conf: number;
  readonly iou: number;
  readonly maxDetections: number;
  /** Suppress across classes. */
  readonly agnostic: boolean;
  /** Class indices to keep, or null for all. */
  readonly classes: readonly number[] | null;
};

export const defaultThresholds: Thresholds = {
  conf: 0.25,
  iou: 0.45,
  maxDetections: 300,
  agnostic: false,
  classes: null,
};

/**
 * A binary instance mask, stored only where it can be set: a window of a grid that covers the letterboxed network input (or
 * the original image, in retina mode). Grid cell (gx, gy) stands at image pixel ((gx − offsetX) / scale, (gy − offsetY) / scale).
 */
export type InstanceMask = {
  /** Window in grid cells. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** width × height, 1 inside. */
  readonly bits: Uint8Array;
  readonly grid: { readonly scale: number; readonly offsetX: number; readonly offsetY: number };
  /** External contours in image pixels, one ring per connected part: what is drawn as the outline. */
  readonly outline: Polygon;
  /** The parts joined into one polygon by their nearest points, as the package's `masks.xy`: what is exported. */
  readonly segment: Float32Array;
};

export type Detection = {
  /** Row of the head output this came from: the identity of a detection while thresholds change. */
  readonly index: number;
  readonly classId: number;
  readonly score: number;
  /** Image pixels, clipped to the image (for OBB: the bounds of the corners, not clipped). */
  readonly box: Box;
  readonly oriented: OrientedBox | null;
  readonly mask: InstanceMask | null;
  readonly keypoints: readonly Keypoint[] | null;
};

type Common = {
  /** Size of the upright original. */
  readonly image: Size;
  readonly names: readonly string[];
};

export type DetectionTask = Extract<Task, 'detect' | 'segment' | 'pose' | 'obb'>;

/** The one internal result; every dialect, export and overlay is a pure function of it. */
export type VisionResult =
  | (Common & { readonly task: DetectionTask; readonly detections: readonly Detection[] })
  | (Common & { readonly task: 'classify'; readonly probabilities: Float32Array })
  /** `classMap` has the size of the image. */
  | (Common & { readonly task: 'semantic'; readonly classMap: Uint8Array | Uint16Array | Int32Array })
  /** `depth` has the size of the image; metres. */
  | (Common & {
      readonly task: 'depth';
      readonly depth: Float32Array;
      readonly range: { readonly min: number; readonly max: number };
    });

/** Milliseconds of each step of one prediction. */
export type Timings = {
  readonly decode: number;
  readonly letterbox: number;
  readonly inference: number;
  readonly postprocess: number;
};
