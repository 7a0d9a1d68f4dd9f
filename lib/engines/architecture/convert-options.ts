/**
 * The largest side in pixels, batch, and number of rows that are converted: far beyond what anyone trains or runs. Larger numbers
 * come from a slip of the keyboard or a damaged file.
 */
export const convertLimits = { side: 8192, batch: 256, rows: 30_000 } as const;

/** Non-maximum suppression inside the graph. */
export type EmbeddedNms = {
  /** Anchors whose best score is not larger are left out. */
  readonly conf: number;
  readonly iou: number;
  /** Rows of the output; fewer detections leave rows of zeros. */
  readonly maxDetections: number;
  /** Suppresses across classes. */
  readonly agnostic: boolean;
};

/** What the package's exporter embeds when nothing is asked for. Its IoU is that of validation, not that of prediction here. */
export const defaultNms: EmbeddedNms = { conf: 0.25, iou: 0.7, maxDetections: 300, agnostic: false };

/** How a checkpoint becomes a graph. */
export type ConvertOptions = {
  /** Height and width of the input in pixels, or one number for a square. By default what the checkpoint was trained at. */
  readonly imgsz?: number | readonly [number, number];
  /** Leaves batch, height and width open. */
  readonly dynamic?: boolean;
  /** Images per run, 1 by default; of a dynamic graph only a hint in the metadata. */
  readonly batch?: number;
  /** Weights and arithmetic in half precision; input and outputs stay float32. */
  readonly half?: boolean;
  /** Null (the default) leaves suppression to whoever runs the model. */
  readonly nms?: EmbeddedNms | null;
  /** Whether the head that needs no suppression is used; null (the default) as the checkpoint says. */
  readonly endToEnd?: boolean | null;
  /** Operator set of the file, 17 by default. */
  readonly opset?: number;
};

/** The options with everything filled in. */
export type ConvertSettings = Required<Omit<ConvertOptions, 'imgsz'>> & {
  /** Height and width in pixels; of a dynamic graph what it is meant for. */
  readonly imgsz: readonly [number, number];
};
