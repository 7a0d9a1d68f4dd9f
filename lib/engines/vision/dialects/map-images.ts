import type { JsonValue } from '@/lib/engines/vision/dialects/dialect';
import { roundDecimals } from '@/lib/engines/vision/dialects/rounding';
import { base64 } from '@/lib/engines/vision/exports/base64';
import { encodePng } from '@/lib/engines/vision/exports/png';
import type { VisionResult } from '@/lib/engines/vision/vision-result';

type SemanticResult = Extract<VisionResult, { task: 'semantic' }>;
type DepthResult = Extract<VisionResult, { task: 'depth' }>;

/** Class ids above this are background or ignored in 16-bit maps (65535 is the package's “no class”). */
const noClass = 65535;

/**
 * A class map as a base64 grey PNG, one class id per pixel: 8 bits when all ids fit, else 16 (ids beyond become 65535).
 */
export function classMapPng({ image, classMap }: SemanticResult): string {
  const { width, height } = image;
  let largest = 0;
  for (const classId of classMap) if (classId > largest) largest = classId;
  if (largest <= 0xff) return base64(encodePng({ kind: 'grey8', width, height, data: Uint8Array.from(classMap) }));
  const ids = Uint16Array.from(classMap, (classId) => Math.min(classId, noClass));
  return base64(encodePng({ kind: 'grey16', width, height, data: ids }));
}

/** The envelope of a class map in the platform's replies. */
export function classMapImage(result: SemanticResult): JsonValue {
  return { shape: [result.image.height, result.image.width], encoding: 'png', data: classMapPng(result) };
}

/**
 * Depth as the platform's replies carry it: a base64 grey PNG whose value 0 means “no depth” and where
 * depth = value × max / divisor, with divisor 255 for 8 bits and 65535 for 16. `min` and `max` in metres.
 */
export function depthImage(result: DepthResult, bits: 8 | 16, decimals: number): JsonValue {
  const { width, height } = result.image;
  const { min, max } = result.range;
  const divisor = bits === 8 ? 0xff : 0xffff;
  const factor = max > 0 ? divisor / max : 0;
  const quantise = (metres: number): number =>
    metres > 0 && Number.isFinite(metres) ? Math.min(divisor, Math.max(1, Math.round(metres * factor))) : 0;
  const png =
    bits === 8
      ? encodePng({ kind: 'grey8', width, height, data: Uint8Array.from(result.depth, quantise) })
      : encodePng({ kind: 'grey16', width, height, data: Uint16Array.from(result.depth, quantise) });
  return {
    shape: [height, width],
    encoding: 'png',
    data: base64(png),
    min: roundDecimals(min, decimals),
    max: roundDecimals(max, decimals),
    bits,
  };
}
