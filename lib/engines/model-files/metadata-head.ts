import { unreachable } from '@/lib/core/assert';
import type { Task } from '@/lib/core/task';
import {
  findPrototypes,
  floatTypes,
  type HeadContext,
  headCandidates,
  type OutputShape,
  usualRows,
} from '@/lib/engines/model-files/head-candidates';
import type { Head, HeadLayout } from '@/lib/engines/model-files/model-facts';

/**
 * The one head of a file whose metadata names its task. The metadata decides what the outputs mean, their shapes how they lie:
 * older exports of end-to-end models do not say `end2end`. Null when the outputs cannot be that task's.
 */
export function metadataHead(task: Task, context: HeadContext, endToEnd: boolean): Head | null {
  switch (task) {
    case 'detect':
      return detectionHead({ task, extraCount: 0, keypoints: null, prototypesName: null }, context, endToEnd);
    case 'obb':
      return detectionHead({ task, extraCount: 1, keypoints: null, prototypesName: null }, context, endToEnd);
    case 'segment':
      return segmentHead(context, endToEnd);
    case 'pose':
      return poseHead(context, endToEnd);
    case 'classify':
    case 'semantic':
    case 'depth':
      return firstOfTask(task, context);
    default:
      return unreachable(task);
  }
}

type Extras = Pick<Head, 'task' | 'extraCount' | 'keypoints' | 'prototypesName'>;

function segmentHead(context: HeadContext, endToEnd: boolean): Head | null {
  const prototypes = findPrototypes(context);
  if (prototypes === null) return null;
  const { coefficients, output } = prototypes;
  const extras: Extras = { task: 'segment', extraCount: coefficients, keypoints: null, prototypesName: output.name };
  return detectionHead(extras, context, endToEnd);
}

function poseHead(context: HeadContext, endToEnd: boolean): Head | null {
  const { keypoints } = context;
  if (keypoints === null) return firstOfTask('pose', context);
  const extraCount = keypoints.count * keypoints.dims;
  return detectionHead({ task: 'pose', extraCount, keypoints, prototypesName: null }, context, endToEnd);
}

function detectionHead(extras: Extras, context: HeadContext, endToEnd: boolean): Head | null {
  const main = context.outputs.find(({ shape, elementType }) => shape.length === 3 && floatTypes.has(elementType));
  if (main === undefined) return null;
  const place = endToEnd ? placeOfRows(main, extras, context) : placeOfAnchors(main, extras, context);
  if (place === null) return null;
  const { layout, classCount } = place;
  return { ...extras, layout, classCount, outputName: main.name };
}

function firstOfTask(task: Task, context: HeadContext): Head | null {
  return headCandidates(context).find(({ head }) => head.task === task)?.head ?? null;
}

type Place = { readonly layout: HeadLayout; readonly classCount: number | null };

function placeOfRows(main: OutputShape, { extraCount }: Extras, { namesCount }: HeadContext): Place | null {
  const [, channels = null, width = null] = main.shape;
  if (width === null || width === 6 + extraCount) return { layout: 'rows', classCount: namesCount };
  const isPlain = namesCount !== null && channels === 4 + namesCount + extraCount;
  return isPlain ? { layout: 'anchors', classCount: namesCount } : null;
}

/** The class count of the shape wins over that of the names: names may be edited, channels cannot. */
function placeOfAnchors(main: OutputShape, { extraCount }: Extras, { namesCount }: HeadContext): Place | null {
  const [, a = null, b = null] = main.shape;
  if (namesCount !== null) {
    const channels = 4 + namesCount + extraCount;
    if (a === channels) return { layout: 'anchors', classCount: namesCount };
    if (b === 6 + extraCount) return { layout: 'rows', classCount: namesCount };
    // 300 rows of 4 + classes are RT-DETR's queries, with coordinates as fractions: not this layout.
    if (b === channels && a !== usualRows) return { layout: 'anchors-transposed', classCount: namesCount };
    if (b === channels + 1) return { layout: 'anchors-objectness', classCount: namesCount };
    if (a === null) return { layout: 'anchors', classCount: namesCount };
  }
  if (a === null) return { layout: 'anchors', classCount: null };
  if (b === 6 + extraCount) return { layout: 'rows', classCount: namesCount };
  const classCount = a - 4 - extraCount;
  return classCount >= 1 && (b === null || b > a) ? { layout: 'anchors', classCount } : null;
}
