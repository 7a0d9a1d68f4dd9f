import { Fault } from '@/lib/core/fault';
import type { Task } from '@/lib/core/task';
import { anchorGridOf } from '@/lib/engines/model-files/anchor-grids';
import { type HeadCandidate, type HeadContext, headCandidates } from '@/lib/engines/model-files/head-candidates';
import { metadataHead } from '@/lib/engines/model-files/metadata-head';
import type { Head, HeadReading, ModelFacts, ModelSpec, TensorFacts } from '@/lib/engines/model-files/model-facts';
import { listTensors, readModelInput } from '@/lib/engines/model-files/model-input';

/** Shapes of the outputs (and of the input, by its name) as a run of the model had them. */
export type ObservedShapes = Readonly<Record<string, readonly number[]>>;

/** The largest stride of nearly every YOLO network. */
const usualStride = 32;

/** The exporter's max_det: a dynamic end-to-end graph selects this many anchors with TopK, and fails where there are fewer. */
const topKAnchors = 300;

/** A table of invented class names is made up to here; no label set in use is larger. */
const maxNames = 100_000;

const metadataReason = 'The file’s own metadata says so';

const expectedOutputs =
  'Outputs of a YOLO head were expected ([batch, 4 + classes, anchors], [batch, rows, 6], [batch, classes], a map of classes or of depth, or their segment, pose and OBB forms)';

/**
 * How the outputs of a model are to be read. Metadata that names the task gives one sure reading; otherwise the shapes give
 * every possible one, the likeliest first. Where the file leaves lengths open, `observed` fills them from a first run (at the
 * export's own size unless it holds the input's shape too); without it, `classCount` may be null until then.
 *
 * Throws a `Fault`: `model-unreadable-input` (not one float [N, 3, H, W]) or `model-unreadable-output`.
 */
export function readHeads(facts: ModelFacts, observed: ObservedShapes = {}): readonly [HeadReading, ...HeadReading[]] {
  const input = readModelInput(facts);
  const context = contextOf(facts, input, observed);
  const task = facts.metadata?.task;
  const known = task === undefined ? null : metadataHead(task, context, facts.metadata?.endToEnd ?? false);
  const candidates =
    known !== null ? [{ head: known, reason: metadataReason }] : task === undefined ? headCandidates(context) : [];
  const [first, ...others] = candidates.map((candidate) => readingOf(candidate, facts, input, context));
  if (first === undefined) throw unreadable(facts, context, task);
  return [first, ...others];
}

function contextOf(facts: ModelFacts, input: ModelSpec['input'], observed: ObservedShapes): HeadContext {
  const [, , height = input.size.height, width = input.size.width] = observedShape(observed, input.name) ?? [];
  return {
    outputs: facts.outputs.map(({ name, elementType, shape }) => ({
      name,
      elementType,
      shape: observedShape(observed, name) ?? shape.map((length) => (typeof length === 'number' ? length : null)),
    })),
    input: { height, width },
    batch: input.batch.kind === 'static' ? input.batch.size : null,
    namesCount: facts.metadata?.names === undefined ? null : lengthOfNames(facts.metadata.names),
    keypoints: facts.metadata?.kptShape ?? null,
    operators: new Set(facts.operators),
  };
}

function observedShape(observed: ObservedShapes, name: string): readonly number[] | undefined {
  return Object.hasOwn(observed, name) ? observed[name] : undefined;
}

function readingOf(
  { head, reason }: HeadCandidate,
  facts: ModelFacts,
  input: ModelSpec['input'],
  context: HeadContext,
): HeadReading {
  const isDynamicFinal = input.size.kind === 'dynamic' && head.layout === 'rows' && context.operators.has('TopK');
  return {
    spec: {
      task: head.task,
      head,
      names: namesOf(facts, head.classCount),
      kptNames: facts.metadata?.kptNames ?? null,
      stride: facts.metadata?.stride ?? strideOf(head, context),
      input,
      minimumAnchors: isDynamicFinal ? topKAnchors : 0,
    },
    label: labelOf(head),
    reason,
  };
}

function lengthOfNames(names: ReadonlyMap<number, string>): number {
  return [...names.keys()].reduce((largest, index) => Math.max(largest, index), -1) + 1;
}

function namesOf(facts: ModelFacts, classCount: number | null): readonly string[] {
  const names = facts.metadata?.names ?? new Map<number, string>();
  const length = classCount ?? (names.size === 0 ? 0 : lengthOfNames(names));
  return Array.from({ length: Math.min(length, maxNames) }, (_, index) => names.get(index) ?? `class${index}`);
}

function strideOf(head: Head, { outputs, input }: HeadContext): number {
  const shape = outputs.find(({ name }) => name === head.outputName)?.shape ?? [];
  const anchors = head.layout === 'anchors' ? shape[2] : shape[1];
  const strides = typeof anchors === 'number' ? (anchorGridOf(anchors, input)?.strides ?? []) : [];
  return head.layout === 'rows' ? usualStride : Math.max(usualStride, ...strides);
}

const taskWords: Readonly<Record<Task, string>> = {
  detect: 'Detect',
  segment: 'Segment',
  pose: 'Pose',
  obb: 'OBB',
  classify: 'Classify',
  semantic: 'Semantic',
  depth: 'Depth',
};

const layoutWords: Readonly<Record<Head['layout'], string | null>> = {
  anchors: null,
  'anchors-transposed': 'transposed',
  'anchors-objectness': 'with objectness',
  rows: 'final rows',
  classes: null,
  'class-map': null,
  'class-logits': null,
  'depth-map': null,
};

function labelOf({ task, layout, classCount, keypoints }: Head): string {
  return [
    taskWords[task],
    keypoints === null ? null : `${keypoints.count} keypoints × ${keypoints.dims}`,
    classCount === null ? null : `${classCount} ${classCount === 1 ? 'class' : 'classes'}`,
    layoutWords[layout],
  ]
    .filter((part) => part !== null)
    .join(', ');
}

function unreadable(facts: ModelFacts, context: HeadContext, task: Task | undefined): Fault {
  const outputs: TensorFacts[] = context.outputs.map((output) => ({
    ...output,
    shape: output.shape.map((length) => length ?? '?'),
  }));
  const found = outputs.length === 0 ? 'the model has no output' : `the model has ${listTensors(outputs)}`;
  const says = task === undefined ? '' : ` (its metadata says ${task})`;
  return new Fault({
    code: 'model-unreadable-output',
    found: `${expectedOutputs}; ${found}${says}.`,
    remedy: isRaw(facts)
      ? 'These are raw feature maps: export the model with its detection head, as the standard YOLO exporter does.'
      : 'Export the model with the standard YOLO exporter (format=onnx) and drop that file.',
  });
}

/** Several outputs of four or five axes are what exporters for NPUs leave when they cut the head off. */
function isRaw(facts: ModelFacts): boolean {
  return facts.outputs.filter(({ shape }) => shape.length >= 4).length > 1;
}
