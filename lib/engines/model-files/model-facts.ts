import type { Task } from '@/lib/core/task';

/** ONNX tensor element types by the names the specification gives them (TensorProto.DataType), in lower case. */
export type ElementType =
  | 'float32'
  | 'float16'
  | 'bfloat16'
  | 'float64'
  | 'uint8'
  | 'int8'
  | 'uint16'
  | 'int16'
  | 'int32'
  | 'int64'
  | 'uint32'
  | 'uint64'
  | 'bool'
  | 'string'
  | 'other';

/** A fixed length, or the symbolic name of a dynamic one (names are invented by exporters: only "not a number" matters). */
export type Dimension = number | string;

export type TensorFacts = {
  readonly name: string;
  readonly elementType: ElementType;
  readonly shape: readonly Dimension[];
};

/** How the weights are stored: what most bytes of the initializers are, and whether the graph quantises. */
export type Precision = 'fp32' | 'fp16' | 'int8' | 'fp64' | 'bf16';

/** What the Ultralytics exporter writes into metadata_props, parsed from its Python literals. Absent keys are undefined. */
export type YoloMetadata = {
  readonly task?: Task;
  readonly stride?: number;
  readonly names?: ReadonlyMap<number, string>;
  readonly imgsz?: { readonly height: number; readonly width: number };
  readonly batch?: number;
  /** True when the file ends in final rows: `end2end` is True, or NMS was embedded at export (`args['nms']`). */
  readonly endToEnd: boolean;
  readonly kptShape?: { readonly count: number; readonly dims: 2 | 3 };
  readonly kptNames?: readonly string[];
  readonly version?: string;
  readonly description?: string;
  readonly license?: string;
};

/** What an ONNX file says about itself, read without running it. */
export type ModelFacts = {
  readonly sizeBytes: number;
  readonly irVersion: number;
  /** Version of the default (ai.onnx) operator set. */
  readonly opset: number;
  readonly producer: string;
  readonly inputs: readonly TensorFacts[];
  readonly outputs: readonly TensorFacts[];
  /** Distinct operators; those outside ai.onnx are written `domain.Operator`. */
  readonly operators: readonly string[];
  /** Number of weights: the elements of all initializers that are floating point or quantised. */
  readonly parameterCount: number;
  readonly precision: Precision;
  readonly metadata: YoloMetadata | null;
  /** metadata_props as stored, for the person who wants to see them. */
  readonly rawMetadata: Readonly<Record<string, string>>;
};

/**
 * How the outputs are to be read.
 * - `anchors`: [batch, 4 + classes + extras, anchors], xywh, scores after sigmoid; needs NMS.
 * - `anchors-transposed`: [batch, anchors, 4 + classes + extras], `anchors` with its last two axes swapped.
 * - `anchors-objectness`: [batch, anchors, 5 + classes + extras], xywh, objectness × class score (YOLOv5); needs NMS.
 * - `rows`: [batch, rows, 6 + extras], x1 y1 x2 y2 score class extras (OBB: x y w h score class angle), final.
 * - `classes`: [batch, classes], probabilities.
 * - `class-map`: [batch, H, W] integer class of every pixel. `class-logits`: [batch, classes, H, W].
 * - `depth-map`: [batch, 1, H, W] metres.
 */
export type HeadLayout =
  | 'anchors'
  | 'anchors-transposed'
  | 'anchors-objectness'
  | 'rows'
  | 'classes'
  | 'class-map'
  | 'class-logits'
  | 'depth-map';

export type Head = {
  readonly task: Task;
  readonly layout: HeadLayout;
  /** Name of the main output, and of the mask prototypes [batch, coefficients, H/4, W/4] for segment. */
  readonly outputName: string;
  readonly prototypesName: string | null;
  /** Number of classes; null when only running the model tells (`rows` without metadata). */
  readonly classCount: number | null;
  /** Values per detection after the class scores: 32 mask coefficients, keypoints × dims, 1 angle, else 0. */
  readonly extraCount: number;
  /** Set for pose. */
  readonly keypoints: { readonly count: number; readonly dims: 2 | 3 } | null;
};

/** Everything the predictor needs to know about one model. Plain data: it crosses the worker boundary. */
export type ModelSpec = {
  readonly task: Task;
  readonly head: Head;
  /** Class names by index; when the file has none: class0, class1, … as many as are known. */
  readonly names: readonly string[];
  readonly kptNames: readonly string[] | null;
  /** Largest stride of the network (pixels): a dynamic input must be a multiple of it. */
  readonly stride: number;
  readonly input: {
    readonly name: string;
    readonly elementType: 'float32' | 'float16';
    /** `static`: only this size runs. `dynamic`: any multiple of the stride does; the numbers are the export's own size. */
    readonly size: { readonly kind: 'static' | 'dynamic'; readonly height: number; readonly width: number };
    /** `static`: exactly this many images per run. */
    readonly batch: { readonly kind: 'static' | 'dynamic'; readonly size: number };
  };
  /** Fewest anchors the graph can take (a TopK of 300 in dynamic end-to-end models), or 0. */
  readonly minimumAnchors: number;
};

/** One way the outputs of a file could be read, with the reason a person can judge it by. */
export type HeadReading = {
  readonly spec: ModelSpec;
  /** Short name, as “Detect, 52 classes”. */
  readonly label: string;
  /** Why it fits, as “56 channels = 4 box + 52 class scores”. */
  readonly reason: string;
};

/** What is known about a dropped model: one sure reading, or several among which a person picks by looking. */
export type ModelIdentity = {
  readonly facts: ModelFacts;
  /** Never empty; the likeliest first. `metadata` readings stand alone. */
  readonly readings: readonly [HeadReading, ...HeadReading[]];
};
