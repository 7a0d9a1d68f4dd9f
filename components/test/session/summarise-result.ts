import type { ResultSummary } from '@/components/test/session/test-state';
import { unreachable } from '@/lib/core/assert';
import { classShares } from '@/lib/engines/overlay/paint-class-map';
import { topClasses } from '@/lib/engines/overlay/paint-classification';
import type { VisionResult } from '@/lib/engines/vision/vision-result';

/** More classes than this are told as a number, so that a screen reader is not kept busy. */
const mostClassesNamed = 6;

/** A result in one line for the live region, the strip and the list's head. */
export function summariseResult(result: VisionResult): ResultSummary {
  switch (result.task) {
    case 'detect':
    case 'segment':
    case 'pose':
    case 'obb':
      return summariseDetections(
        result.detections.map((detection) => detection.classId),
        result.names,
      );
    case 'classify': {
      const best = topClasses(result.probabilities, 1)[0] ?? 0;
      const name = nameOf(result.names, best);
      const percent = `${Math.round((result.probabilities[best] ?? 0) * 100)} %`;
      return { text: `${name}, ${percent}`, short: name, classIds: [best] };
    }
    case 'semantic': {
      const shares = [...classShares(result.classMap)];
      const words = shares.slice(0, mostClassesNamed).map(([classId, share]) => {
        return `${nameOf(result.names, classId)} ${percentOf(share)}`;
      });
      return {
        text: words.join(', '),
        short: nameOf(result.names, shares[0]?.[0] ?? 0),
        classIds: shares.map(([classId]) => classId),
      };
    }
    case 'depth': {
      const range = `${result.range.min.toFixed(1)} to ${result.range.max.toFixed(1)} m`;
      return { text: `Depth ${range}`, short: range, classIds: [] };
    }
    default:
      return unreachable(result);
  }
}

/** Number of detections of each class, most first, then by class index. */
export function countByClass(classIds: readonly number[]): { readonly classId: number; readonly count: number }[] {
  const counts = new Map<number, number>();
  for (const classId of classIds) counts.set(classId, (counts.get(classId) ?? 0) + 1);
  return [...counts]
    .map(([classId, count]) => ({ classId, count }))
    .sort((a, b) => b.count - a.count || a.classId - b.classId);
}

export function nameOf(names: readonly string[], classId: number): string {
  return names[classId] ?? `class${classId}`;
}

/** A fraction as a percentage a person reads: “12 %”, “0.4 %”. */
export function percentOf(fraction: number): string {
  if (fraction > 0 && fraction < 0.001) return '< 0.1 %';
  const isNearAnEnd = (fraction > 0 && fraction < 0.01) || (fraction > 0.99 && fraction < 1);
  return isNearAnEnd ? `${(Math.floor(fraction * 1000) / 10).toFixed(1)} %` : `${Math.round(fraction * 100)} %`;
}

function summariseDetections(classIds: readonly number[], names: readonly string[]): ResultSummary {
  const counts = countByClass(classIds);
  const short = String(classIds.length);
  if (counts.length === 0) return { text: 'Nothing found', short, classIds };
  const named = counts.slice(0, mostClassesNamed).map(({ classId, count }) => counted(count, nameOf(names, classId)));
  const rest = counts.length - named.length;
  const more = rest > 0 ? `, and ${counted(rest, 'more class')}` : '';
  return { text: `${named.join(', ')}${more}`, short, classIds };
}

/** “1 bus”, “2 buses”, “4 persons”: English plural by sound, because class names are single words or short phrases. */
function counted(count: number, name: string): string {
  if (count === 1 || !/[a-z]$/i.test(name)) return `${count} ${name}`;
  if (/(?:s|x|z|ch|sh)$/i.test(name)) return `${count} ${name}es`;
  if (/[^aeiou]y$/i.test(name)) return `${count} ${name.slice(0, -1)}ies`;
  return `${count} ${name}s`;
}
