import { type Task, tasks } from '@/lib/core/task';
import type { YoloMetadata } from '@/lib/engines/model-files/model-facts';
import { PythonLiteralError, type PythonValue, parsePythonLiteral } from '@/lib/engines/model-files/python-literal';

/** No label set in use comes near; an index above it would make a table of names out of nothing. */
const maxClasses = 100_000;

/** The keys that only a YOLO exporter writes: `stride` and `names` alone are what YOLOv5 leaves. */
const tellingKeys = ['task', 'stride', 'names', 'imgsz', 'kpt_shape', 'end2end'] as const;

/**
 * Reads what the Ultralytics exporter wrote into metadata_props. Every value is text, the structured ones Python literals. A
 * value that cannot be read counts as absent, so that one damaged entry does not make the file unusable. Null when the
 * properties are not a YOLO exporter's.
 */
export function parseYoloMetadata(properties: Readonly<Record<string, string>>): YoloMetadata | null {
  if (!tellingKeys.some((key) => Object.hasOwn(properties, key))) return null;
  const literal = (key: string) => parseOrUndefined(properties[key]);
  return {
    task: parseTask(properties.task),
    stride: positiveInteger(literal('stride')),
    names: parseNames(literal('names')),
    imgsz: parseImgsz(literal('imgsz')),
    batch: positiveInteger(literal('batch')),
    endToEnd: isTrue(literal('end2end')) || hasEmbeddedNms(literal('args')) || isTrue(literal('nms')),
    kptShape: parseKptShape(literal('kpt_shape')),
    kptNames: parseKptNames(literal('kpt_names')),
    version: properties.version,
    description: properties.description,
    license: properties.license,
  };
}

function parseOrUndefined(text: string | undefined): PythonValue | undefined {
  if (text === undefined) return undefined;
  try {
    return parsePythonLiteral(text);
  } catch (error) {
    if (error instanceof PythonLiteralError) return undefined;
    throw error;
  }
}

function parseTask(text: string | undefined): Task | undefined {
  return tasks.find((task) => task === text);
}

/** `{0: 'person', …}`, or the plain list of older exports; keys may be digits in quotes, as JSON makes them. */
function parseNames(value: PythonValue | undefined): ReadonlyMap<number, string> | undefined {
  const entries = value instanceof Map ? [...value] : Array.isArray(value) ? [...value.entries()] : [];
  const names = new Map<number, string>();
  for (const [key, name] of entries) {
    const index = typeof key === 'string' && /^\d+$/.test(key) ? Number(key) : key;
    if (typeof index !== 'number' || !Number.isInteger(index) || index < 0 || index >= maxClasses) return undefined;
    names.set(index, typeof name === 'string' ? name : String(name));
  }
  return names.size > 0 ? new Map([...names].sort(([a], [b]) => a - b)) : undefined;
}

function parseImgsz(value: PythonValue | undefined): YoloMetadata['imgsz'] {
  const square = positiveInteger(value);
  if (square !== undefined) return { height: square, width: square };
  if (!Array.isArray(value)) return undefined;
  const height = positiveInteger(value[0]);
  const width = positiveInteger(value[1] ?? value[0]);
  return height !== undefined && width !== undefined ? { height, width } : undefined;
}

function parseKptShape(value: PythonValue | undefined): YoloMetadata['kptShape'] {
  if (!Array.isArray(value)) return undefined;
  const count = positiveInteger(value[0]);
  const dims = value[1];
  return count !== undefined && (dims === 2 || dims === 3) ? { count, dims } : undefined;
}

/** `{0: ['nose', …]}` holds the names of each class's keypoints; all classes share the first one's in practice. */
function parseKptNames(value: PythonValue | undefined): readonly string[] | undefined {
  const list = value instanceof Map ? [...value.values()][0] : value;
  if (!Array.isArray(list)) return undefined;
  const names = list.filter((name) => typeof name === 'string');
  return names.length === list.length && names.length > 0 ? names : undefined;
}

/** With nms=True the exporter still writes end2end False; the package itself looks at the export arguments too. */
function hasEmbeddedNms(args: PythonValue | undefined): boolean {
  return args instanceof Map && args.get('nms') === true;
}

function isTrue(value: PythonValue | undefined): boolean {
  return value === true;
}

function positiveInteger(value: PythonValue | undefined): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : undefined;
}
