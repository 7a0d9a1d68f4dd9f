import type { VisionResult } from '@/lib/engines/vision/vision-result';

/** What a dialect may mention besides the result. Absent values are left out of the document, so that it stays reproducible. */
export type DialectContext = {
  /** File name of the image, as `bus.jpg`. */
  readonly imageName: string;
  /** Name of the model, as `yolo11n`. */
  readonly modelName: string;
  /** Milliseconds; absent in files that must be the same on every run. */
  readonly speed?: { readonly preprocess: number; readonly inference: number; readonly postprocess: number };
  /** Coordinates as fractions of width and height instead of pixels (dialects with a `normalize` parameter only). */
  readonly normalize?: boolean;
  /** Most decimals of a number (5, as the package). */
  readonly decimals?: number;
};

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

export type DialectName =
  | 'ultralytics'
  | 'platform'
  | 'platform-images'
  | 'hub'
  | 'hub-legacy'
  | 'yololabel'
  | 'yolo-js'
  | 'roboflow'
  | 'huggingface'
  | 'kserve'
  | 'supervision';

/** A way other programs write predictions: a pure function from the one internal result to a JSON document. */
export type Dialect = {
  readonly name: DialectName;
  /** For people: “Ultralytics Results.to_json()”. */
  readonly title: string;
  document(result: VisionResult, context: DialectContext): JsonValue;
};
