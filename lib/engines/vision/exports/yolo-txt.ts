import { Fault } from '@/lib/core/fault';
import type { Size } from '@/lib/engines/geometry/shape';
import { topClasses } from '@/lib/engines/vision/dialects/class-names';
import { orientedCorners } from '@/lib/engines/vision/dialects/oriented-corners';
import { topCount } from '@/lib/engines/vision/dialects/prediction-rows';
import { formatDecimals } from '@/lib/engines/vision/dialects/rounding';
import { formatGeneral } from '@/lib/engines/vision/exports/format-general';
import type { Detection, VisionResult } from '@/lib/engines/vision/vision-result';

type YoloTxtOptions = {
  /** Appends the confidence to each line, as the package's `save_conf`. */
  readonly confidence?: boolean;
};

/**
 * YOLO labels as the package's `save_txt` writes them, one line per detection, coordinates as fractions of the image with six
 * significant digits: `class cx cy w h`, with masks `class x1 y1 …`, with keypoints `… x y v` after the box, rotated
 * `class x1 y1 x2 y2 x3 y3 x4 y4`; classification lists `probability name` of the five likeliest. Ends in a line feed unless
 * empty. Class maps and depth have no YOLO text: a `Fault`.
 */
export function yoloTxt(result: VisionResult, { confidence = false }: YoloTxtOptions = {}): string {
  if (result.task === 'semantic' || result.task === 'depth') {
    throw new Fault({
      code: 'input-invalid',
      found: `YOLO text labels describe objects, and a ${result.task} result is a map of pixels.`,
      remedy: 'Save the map as JSON in the format ultralytics or platform-images.',
    });
  }
  const lines =
    result.task === 'classify'
      ? topClasses(result.probabilities, result.names, topCount).map(
          ({ name, share }) => `${formatDecimals(share, 2)} ${oneLine(name)}`,
        )
      : result.detections.map((detection) => labelLine(detection, result.image, confidence));
  return lines.map((line) => `${line}\n`).join('');
}

function labelLine(detection: Detection, image: Size, confidence: boolean): string {
  const values = [
    detection.classId,
    ...shapeFractions(detection, image),
    ...keypointFractions(detection, image),
    ...(confidence ? [detection.score] : []),
  ];
  return values.map(formatGeneral).join(' ');
}

/** In single precision, because the package divides float32 tensors before it prints six digits. */
function shapeFractions({ box, mask, oriented }: Detection, { width, height }: Size): number[] {
  const f = Math.fround;
  if (oriented) return orientedCorners(oriented).flatMap(({ x, y }) => [f(x / width), f(y / height)]);
  if (mask) return Array.from(mask.segment, (value, index) => f(value / (index % 2 === 0 ? width : height)));
  const [x1, y1, x2, y2] = [f(box.x1), f(box.y1), f(box.x2), f(box.y2)];
  return [f(f(f(x1 + x2) / 2) / width), f(f(f(y1 + y2) / 2) / height), f(f(x2 - x1) / width), f(f(y2 - y1) / height)];
}

function keypointFractions({ keypoints }: Detection, { width, height }: Size): number[] {
  if (keypoints === null) return [];
  return keypoints.flatMap(({ x, y, visibility }) => {
    const fractions = [Math.fround(x / width), Math.fround(y / height)];
    return visibility === null ? fractions : [...fractions, visibility];
  });
}

/** A class name must not start a label of its own. */
function oneLine(name: string): string {
  return name.replace(/[\r\n\u2028\u2029]+/g, ' ');
}
