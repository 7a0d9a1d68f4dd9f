import { unreachable } from '@/lib/core/assert';
import { className, classShares, topClasses } from '@/lib/engines/vision/dialects/class-names';
import { defaultDecimals, segmentPoints, topCount } from '@/lib/engines/vision/dialects/prediction-rows';
import { roundDecimals } from '@/lib/engines/vision/dialects/rounding';
import type { ResultItem } from '@/lib/engines/vision/exports/result-item';
import type { Detection, VisionResult } from '@/lib/engines/vision/vision-result';

const columns = [
  'image',
  'image_width',
  'image_height',
  'task',
  'class_id',
  'class_name',
  'confidence',
  'x1',
  'y1',
  'x2',
  'y2',
  'center_x',
  'center_y',
  'width',
  'height',
  'angle',
  'segment',
  'keypoints',
  'pixel_ratio',
  'depth_min',
  'depth_max',
] as const;

type Column = (typeof columns)[number];
type Row = Partial<Record<Column, string | number>>;

/**
 * One line per prediction of every image, pixels and radians, for spreadsheets (RFC 4180, CRLF). `segment` holds `x y` pairs
 * and `keypoints` `x y visibility` triples, both separated by spaces and semicolons; fields that a task lacks stay empty.
 * A name that a spreadsheet would run as a formula gets an apostrophe in front.
 */
export function predictionsCsv(items: readonly ResultItem[]): string {
  const rows = items.flatMap(({ imageName, result }) =>
    resultRows(result).map((row) => ({
      image: inert(imageName),
      image_width: result.image.width,
      image_height: result.image.height,
      task: result.task,
      ...row,
    })),
  );
  const lines = [columns.join(','), ...rows.map(csvLine)];
  return lines.map((line) => `${line}\r\n`).join('');
}

function csvLine(row: Row): string {
  return columns.map((column) => cell(row[column])).join(',');
}

function cell(value: string | number | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

/** A text from outside that cannot start a formula. Lists of numbers are ours and may start with a minus. */
function inert(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

function resultRows(result: VisionResult): Row[] {
  switch (result.task) {
    case 'detect':
    case 'segment':
    case 'pose':
    case 'obb':
      return result.detections.map((detection) => detectionRow(detection, result.names));
    case 'classify':
      return topClasses(result.probabilities, result.names, topCount).map(({ classId, name, share }) => ({
        class_id: classId,
        class_name: inert(name),
        confidence: round(share),
      }));
    case 'semantic':
      return classShares(result.classMap, result.names).map(({ classId, name, share }) => ({
        class_id: classId,
        class_name: inert(name),
        pixel_ratio: round(share),
      }));
    case 'depth':
      return [{ depth_min: round(result.range.min), depth_max: round(result.range.max) }];
    default:
      return unreachable(result);
  }
}

function detectionRow({ box, classId, score, oriented, mask, keypoints }: Detection, names: readonly string[]): Row {
  const size = oriented ?? {
    cx: (box.x1 + box.x2) / 2,
    cy: (box.y1 + box.y2) / 2,
    width: box.x2 - box.x1,
    height: box.y2 - box.y1,
  };
  return {
    class_id: classId,
    class_name: inert(className(names, classId)),
    confidence: round(score),
    x1: round(box.x1),
    y1: round(box.y1),
    x2: round(box.x2),
    y2: round(box.y2),
    center_x: round(size.cx),
    center_y: round(size.cy),
    width: round(size.width),
    height: round(size.height),
    ...(oriented ? { angle: round(oriented.angle) } : {}),
    ...(mask ? { segment: tuples(segmentPoints(mask.segment)) } : {}),
    ...(keypoints
      ? {
          keypoints: tuples(
            keypoints.map(({ x, y, visibility }) => (visibility === null ? [x, y] : [x, y, visibility])),
          ),
        }
      : {}),
  };
}

function tuples(points: readonly (readonly number[])[]): string {
  return points.map((point) => point.map(round).join(' ')).join(';');
}

function round(value: number): number {
  return roundDecimals(value, defaultDecimals);
}
