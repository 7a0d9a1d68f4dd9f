import type { CheckpointValue } from '@/lib/engines/model-files/checkpoint/checkpoint';
import { damagedCheckpoint, oversizedCheckpoint } from '@/lib/engines/model-files/checkpoint/checkpoint-faults';
import { isSequence } from '@/lib/engines/model-files/checkpoint/checkpoint-values';

/** Modules in modules in lists: the deepest YOLO comes to about 40. Whoever walks the values may recurse this far. */
const maximumDepth = 200;
/** A YOLO written out without sharing has some 100 000 values. */
const maximumValues = 1_000_000;

/** How large a value would be, written out. */
type Extent = { readonly values: number; readonly depth: number };

const leaf: Extent = { values: 1, depth: 1 };

/**
 * Throws a `Fault` where a value contains itself, is nested too deeply, or would be endless written out, as a list of ten
 * lists that are each the same list of ten lists: so that those who walk the values need not guard against it.
 */
export function refuseEndless(root: CheckpointValue): void {
  const measured = new Map<CheckpointValue, Extent | 'open'>();
  const measure = (value: CheckpointValue, level: number): Extent => {
    if (!isContainer(value)) return leaf;
    if (level > maximumDepth) throw oversizedCheckpoint(`its values are nested deeper than ${maximumDepth} levels`);
    const known = measured.get(value);
    if (known === 'open') throw damagedCheckpoint('a value in its pickle contains itself');
    if (known !== undefined) return known;
    measured.set(value, 'open');
    let values = 1;
    let depth = 0;
    for (const member of membersOf(value)) {
      const extent = measure(member, level + 1);
      values += extent.values;
      depth = Math.max(depth, extent.depth);
    }
    if (values > maximumValues) throw oversizedCheckpoint(`it has more than ${maximumValues} values when written out`);
    if (depth >= maximumDepth) throw oversizedCheckpoint(`its values are nested deeper than ${maximumDepth} levels`);
    const extent = { values, depth: depth + 1 };
    measured.set(value, extent);
    return extent;
  };
  measure(root, 1);
}

function isContainer(
  value: CheckpointValue,
): value is Exclude<CheckpointValue, string | number | bigint | boolean | null> {
  return typeof value === 'object' && value !== null && !(value instanceof Uint8Array);
}

function* membersOf(
  value: Exclude<CheckpointValue, string | number | bigint | boolean | null>,
): Generator<CheckpointValue> {
  if (value instanceof Map) {
    for (const [key, member] of value) {
      yield key;
      yield member;
    }
  } else if (isSequence(value)) yield* value;
  else if ('kind' in value && value.kind === 'object') yield* value.attributes.values();
  else if ('kind' in value && value.kind === 'module') {
    yield* value.attributes.values();
    yield* value.parameters.values();
    yield* value.buffers.values();
    yield* value.children.values();
  }
}
