import type { Task } from '@/lib/core/task';
import { anchorGridOf } from '@/lib/engines/model-files/anchor-grids';
import type { ElementType, Head, HeadLayout } from '@/lib/engines/model-files/model-facts';

/** An output with what is known of its shape: null where only a run tells. */
export type OutputShape = {
  readonly name: string;
  readonly elementType: ElementType;
  readonly shape: readonly (number | null)[];
};

/** What the candidates are judged by. */
export type HeadContext = {
  readonly outputs: readonly OutputShape[];
  /** Pixels of the network input that the shapes belong to. */
  readonly input: { readonly height: number; readonly width: number };
  /** Images per run when the file fixes it, else null. */
  readonly batch: number | null;
  /** Number of class names in the file, or null. */
  readonly namesCount: number | null;
  /** What the file says of its keypoints, or null. */
  readonly keypoints: Head['keypoints'];
  readonly operators: ReadonlySet<string>;
};

/** A possible head and the arithmetic that makes it one. */
export type HeadCandidate = { readonly head: Head; readonly reason: string };

/** The exporter always writes 300 rows (max_det) into files that end in final rows. */
export const usualRows = 300;

/** COCO, the data that most published weights were trained on: 4 + 80 channels, and 4 + 1 + 17 × 3 for persons. */
const cocoDetectChannels = 84;
const cocoPoseChannels = 56;

/** Mask coefficients of every YOLO segment head, assumed only where the prototypes' own axis is dynamic. */
const usualCoefficients = 32;

/** A single point is no pose: fewer would make one out of any handful of channels. */
const fewestKeypoints = 2;

/** What the predictor can take as scores and coordinates. */
export const floatTypes: ReadonlySet<ElementType> = new Set(['float32', 'float16']);
const integerTypes: ReadonlySet<ElementType> = new Set(['uint8', 'int8', 'uint16', 'int16', 'int32', 'int64']);

/**
 * Every head that the shapes of the outputs allow, the likeliest first; empty when none does. One head may be left by what the
 * context knows (number of names, keypoint shape), several are for a person to choose from.
 */
export function headCandidates(context: HeadContext): readonly HeadCandidate[] {
  const [main, ...others] = context.outputs.filter(
    ({ shape, elementType }) => shape.length === 3 && floatTypes.has(elementType),
  );
  // Boxes and scores in outputs of their own are another family's head; either alone would be misread.
  if (others.length > 0) return [];
  if (main !== undefined) return detectionCandidates(main, context);
  return [...denseCandidates(context), ...classifyCandidates(context)];
}

/** The mask prototypes: the only output of four axes beside a main one of three. */
export function findPrototypes(context: HeadContext): { output: OutputShape; coefficients: number } | null {
  const [output, ...others] = context.outputs.filter(
    ({ shape, elementType }) => shape.length === 4 && floatTypes.has(elementType),
  );
  if (output === undefined || others.length > 0) return null;
  return { output, coefficients: output.shape[1] ?? usualCoefficients };
}

type Channels = {
  readonly main: OutputShape;
  readonly layout: HeadLayout;
  /** Values per detection; null where only a run tells. */
  readonly width: number | null;
};

function detectionCandidates(main: OutputShape, context: HeadContext): readonly HeadCandidate[] {
  const candidates = layoutsOf(main, context).flatMap((channels) => {
    return channels.layout === 'rows' ? rowCandidates(channels, context) : anchorCandidates(channels, context);
  });
  const { namesCount, keypoints } = context;
  const fitting = candidates.filter(({ head }) => {
    const fitsNames = namesCount === null || head.classCount === null || head.classCount === namesCount;
    const fitsKeypoints =
      keypoints === null || (head.keypoints?.count === keypoints.count && head.keypoints.dims === keypoints.dims);
    return fitsNames && fitsKeypoints;
  });
  return fitting.length > 0 ? fitting : candidates;
}

/** Which of the last two axes counts anchors: the sizes of the grids tell; failing that, the longer one. */
function layoutsOf(main: OutputShape, { input, operators }: HeadContext): readonly Channels[] {
  const [, a = null, b = null] = main.shape;
  const of = (layout: HeadLayout, width: number | null): Channels => ({ main, layout, width });
  if (a === null && b === null) {
    const isFinal = operators.has('NonMaxSuppression') || operators.has('TopK');
    return [of(isFinal ? 'rows' : 'anchors', null)];
  }
  if (b === null) return [of('anchors', a)];
  if (a === null) {
    const layouts = [of('anchors-objectness', b), of('anchors-transposed', b), of('rows', b)];
    return b === 6 || operators.has('NonMaxSuppression') ? [of('rows', b)] : layouts;
  }
  if (a === usualRows && b >= 6) return [of('rows', b)];
  if (anchorGridOf(b, input)?.perCell === 1) return [of('anchors', a)];
  const grid = anchorGridOf(a, input);
  if (grid !== null) return [of(grid.perCell === 3 ? 'anchors-objectness' : 'anchors-transposed', b)];
  if (b > a) return [of('anchors', a)];
  return a <= 1_000
    ? [of('rows', b), of('anchors-transposed', b)]
    : [of('anchors-objectness', b), of('anchors-transposed', b)];
}

/** Heads of `4 + classes + extras` channels, or `5 + classes + extras` with objectness. */
function anchorCandidates({ main, layout, width }: Channels, context: HeadContext): readonly HeadCandidate[] {
  const prototypes = findPrototypes(context);
  const boxValues = layout === 'anchors-objectness' ? 5 : 4;
  const boxWords = layout === 'anchors-objectness' ? '4 box + 1 objectness' : '4 box';
  const make = (task: Task, classCount: number | null, parts: Partial<Head>, extraWords: string): HeadCandidate => ({
    head: { ...plainHead(main.name, layout), task, classCount, ...parts },
    reason:
      width === null
        ? 'Only a first run tells how many values a detection has'
        : `${width} values per anchor = ${boxWords} + ${classCount} class score${classCount === 1 ? '' : 's'}${extraWords}`,
  });
  if (width === null) return [make('detect', null, {}, '')];
  if (prototypes !== null) {
    const { output, coefficients } = prototypes;
    const classCount = width - boxValues - coefficients;
    const parts = { prototypesName: output.name, extraCount: coefficients };
    return classCount >= 1 ? [make('segment', classCount, parts, ` + ${coefficients} mask coefficients`)] : [];
  }
  const candidate = (task: Task, classCount: number, parts: Partial<Head>, words: string) =>
    classCount >= 1 ? [make(task, classCount, parts, words)] : [];
  const detect = candidate('detect', width - boxValues, {}, '');
  if (layout !== 'anchors-objectness' && width === cocoDetectChannels && !isRotating(context)) return detect;
  const obb = layout === 'anchors-objectness' ? [] : candidate('obb', width - 5, { extraCount: 1 }, ' + 1 angle');
  const poseClasses = context.namesCount ?? 1;
  const poses = poseShapes(width - boxValues - poseClasses).map((keypoints) => {
    const extraCount = keypoints.count * keypoints.dims;
    return make('pose', poseClasses, { extraCount, keypoints }, ` + ${keypoints.count} × ${keypoints.dims} keypoints`);
  });
  const [likelyPose, ...otherPoses] = poses;
  const pose = likelyPose === undefined ? [] : [likelyPose];
  if (isRotating(context)) return [...obb, ...detect, ...poses];
  if (width - boxValues + 4 === cocoPoseChannels) return [...pose, ...detect, ...obb, ...otherPoses];
  return likelyPose?.head.keypoints?.dims === 3
    ? [...detect, ...pose, ...obb, ...otherPoses]
    : [...detect, ...obb, ...poses];
}

/** Final rows of `6 + extras` values: the number of classes does not show. */
function rowCandidates({ main, layout, width }: Channels, context: HeadContext): readonly HeadCandidate[] {
  const make = (task: Task, parts: Partial<Head>, extraWords: string): HeadCandidate => ({
    head: { ...plainHead(main.name, layout), task, classCount: context.namesCount, ...parts },
    reason:
      width === null
        ? 'The graph selects its own detections; only a first run tells how many values each has'
        : `${width} values per row = 4 box + 1 score + 1 class${extraWords}`,
  });
  if (width === null) return [make('detect', {}, '')];
  const extras = width - 6;
  const prototypes = findPrototypes(context);
  if (extras < 0) return [];
  if (extras === 0) return [make('detect', {}, '')];
  if (prototypes !== null) {
    const parts = { prototypesName: prototypes.output.name, extraCount: extras };
    return prototypes.coefficients === extras ? [make('segment', parts, ` + ${extras} mask coefficients`)] : [];
  }
  if (extras === 1) return [make('obb', { extraCount: 1 }, ' + 1 angle')];
  return poseShapes(extras).map((keypoints) =>
    make('pose', { extraCount: extras, keypoints }, ` + ${keypoints.count} × ${keypoints.dims} keypoints`),
  );
}

/** Heads that answer for every pixel; only when there is one such output: several are raw feature maps. */
function denseCandidates({ outputs, namesCount, input }: HeadContext): readonly HeadCandidate[] {
  const classMap = outputs.find(({ shape, elementType }) => shape.length === 3 && integerTypes.has(elementType));
  if (classMap !== undefined) {
    const head: Head = { ...plainHead(classMap.name, 'class-map'), task: 'semantic', classCount: namesCount };
    return [
      { head, reason: `Whole numbers [${classMap.shape.map((n) => n ?? '?').join(', ')}]: the class of every pixel` },
    ];
  }
  const [map, ...others] = outputs.filter(
    ({ shape, elementType }) => shape.length === 4 && floatTypes.has(elementType),
  );
  if (map === undefined || others.length > 0) return [];
  const [, channels = null, height = null, width = null] = map.shape;
  const keepsAspect = height === null || width === null || height * input.width === width * input.height;
  if (!keepsAspect) return [];
  const depth: HeadCandidate = {
    head: { ...plainHead(map.name, 'depth-map'), task: 'depth' },
    reason: 'One number for every pixel: its distance',
  };
  const semantic: HeadCandidate = {
    head: { ...plainHead(map.name, 'class-logits'), task: 'semantic', classCount: channels ?? namesCount },
    reason: `${channels ?? 'Several'} numbers for every pixel: a score for each class`,
  };
  if (channels === null) return [semantic, depth];
  return channels === 1 ? [depth] : [semantic];
}

function classifyCandidates({ outputs, batch, namesCount }: HeadContext): readonly HeadCandidate[] {
  const output = outputs.find(({ shape, elementType }) => shape.length === 2 && floatTypes.has(elementType));
  const [rows = null, length = null] = output?.shape ?? [];
  const classCount = length ?? namesCount;
  if (output === undefined || classCount === 1) return [];
  // A list of detections: YOLOv7's embedded NMS answers [detections, 7] however many images went in.
  const isList = batch !== null && (rows === null ? length === 7 && namesCount !== 7 : rows !== batch);
  if (isList) return [];
  const head: Head = { ...plainHead(output.name, 'classes'), task: 'classify', classCount };
  return [{ head, reason: `${classCount ?? 'Several'} numbers per image: a probability for each class` }];
}

function plainHead(outputName: string, layout: HeadLayout): Head {
  return {
    task: 'detect',
    layout,
    outputName,
    prototypesName: null,
    classCount: null,
    extraCount: 0,
    keypoints: null,
  };
}

/** Keypoints with and without visibility that fill this many values. */
function poseShapes(values: number): readonly NonNullable<Head['keypoints']>[] {
  return ([3, 2] as const)
    .map((dims) => ({ count: values / dims, dims }))
    .filter(({ count }) => Number.isInteger(count) && count >= fewestKeypoints);
}

/** The OBB head turns box offsets by the angle inside the graph; no other head needs a sine and a cosine. */
function isRotating({ operators }: HeadContext): boolean {
  return operators.has('Sin') && operators.has('Cos');
}
