import { unreachable } from '@/lib/core/assert';
import { className } from '@/lib/engines/vision/dialects/class-names';
import type { Dialect, DialectContext, JsonValue } from '@/lib/engines/vision/dialects/dialect';
import { defaultDecimals } from '@/lib/engines/vision/dialects/prediction-rows';
import { roundDecimals } from '@/lib/engines/vision/dialects/rounding';
import { rasterMask, runLengths } from '@/lib/engines/vision/exports/mask-raster';
import type { Detection, VisionResult } from '@/lib/engines/vision/vision-result';

/**
 * The KServe / Triton v2 inference reply: named tensors, row-major. After decoding, not the raw head: `boxes` [n, 4]
 * x1 y1 x2 y2 in pixels (`oriented_boxes` [n, 5] cx cy w h radians for OBB), `scores` [n], `class_ids` [n], `labels` [n],
 * then per task `keypoints` [n, k, 3 or 2], `masks` [n] (one COCO run-length JSON text each), `probabilities` [1, classes],
 * `class_map` [1, H, W] or `depth` [1, H, W] in metres.
 */
export const kserveDialect: Dialect = {
  name: 'kserve',
  title: 'KServe / Triton v2 tensors',
  document: kserveDocument,
};

function kserveDocument(result: VisionResult, context: DialectContext): JsonValue {
  const decimals = context.decimals ?? defaultDecimals;
  return {
    model_name: context.modelName,
    outputs: outputs(result, (value) => roundDecimals(value, decimals)),
  };
}

function outputs(result: VisionResult, round: (value: number) => number): JsonValue[] {
  const { width, height } = result.image;
  switch (result.task) {
    case 'detect':
    case 'segment':
    case 'pose':
    case 'obb':
      return detectionTensors(result, round);
    case 'classify':
      return [
        tensor('probabilities', [1, result.probabilities.length], 'FP32', Array.from(result.probabilities, round)),
        tensor(
          'labels',
          [result.probabilities.length],
          'BYTES',
          Array.from(result.probabilities, (_, classId) => className(result.names, classId)),
        ),
      ];
    case 'semantic':
      return [tensor('class_map', [1, height, width], 'INT32', Array.from(result.classMap))];
    case 'depth':
      return [tensor('depth', [1, height, width], 'FP32', Array.from(result.depth, round))];
    default:
      return unreachable(result);
  }
}

function detectionTensors(
  result: Extract<VisionResult, { detections: readonly Detection[] }>,
  round: (value: number) => number,
): JsonValue[] {
  const { detections, image, names } = result;
  const count = detections.length;
  const boxes =
    result.task === 'obb'
      ? tensor(
          'oriented_boxes',
          [count, 5],
          'FP32',
          detections.flatMap(({ oriented: o }) => (o ? [o.cx, o.cy, o.width, o.height, o.angle].map(round) : [])),
        )
      : tensor(
          'boxes',
          [count, 4],
          'FP32',
          detections.flatMap(({ box }) => [box.x1, box.y1, box.x2, box.y2].map(round)),
        );
  const tensors = [
    boxes,
    tensor(
      'scores',
      [count],
      'FP32',
      detections.map(({ score }) => round(score)),
    ),
    tensor(
      'class_ids',
      [count],
      'INT64',
      detections.map(({ classId }) => classId),
    ),
    tensor(
      'labels',
      [count],
      'BYTES',
      detections.map(({ classId }) => className(names, classId)),
    ),
  ];
  if (result.task === 'segment') {
    const masks = detections.flatMap(({ mask }) =>
      mask ? [JSON.stringify(runLengths(rasterMask(mask, image), image))] : [],
    );
    tensors.push(tensor('masks', [masks.length], 'BYTES', masks));
  }
  if (result.task === 'pose') tensors.push(keypointTensor(detections, round));
  return tensors;
}

function keypointTensor(detections: readonly Detection[], round: (value: number) => number): JsonValue {
  const points = detections.map(({ keypoints }) => keypoints ?? []);
  const first = points[0]?.[0];
  const dimensions = first?.visibility === null ? 2 : 3;
  return tensor(
    'keypoints',
    [points.length, points[0]?.length ?? 0, dimensions],
    'FP32',
    points.flat().flatMap(({ x, y, visibility }) => (visibility === null ? [x, y] : [x, y, visibility]).map(round)),
  );
}

function tensor(
  name: string,
  shape: readonly number[],
  datatype: 'FP32' | 'INT32' | 'INT64' | 'BYTES',
  data: readonly JsonValue[],
): JsonValue {
  return { name, shape, datatype, data };
}
