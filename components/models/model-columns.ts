import { formatBytes, formatCount } from '@/components/ui/format';
import type { ModelSummary } from '@/lib/domain/models/schema';

/** What a list can show of a model besides its name. */
export const modelColumnIds = [
  'status',
  'task',
  'classes',
  'input',
  'parameters',
  'gflops',
  'precision',
  'size',
  'format',
  'visibility',
  'updated',
  'created',
] as const;

export type ModelColumnId = (typeof modelColumnIds)[number];

export type ModelColumn = {
  readonly id: ModelColumnId;
  readonly label: string;
  readonly align: 'start' | 'end';
  /** For people; a dash where nothing is known. */
  readonly text: (model: ModelSummary) => string;
  /** For sorting and for files: a number where it is one, null where nothing is known. */
  readonly value: (model: ModelSummary) => string | number | null;
};

const unknown = '–';

const statusWords: Readonly<Record<ModelSummary['status'], string>> = {
  ready: 'Ready',
  stored: 'Stored only',
  untrained: 'No file',
  failed: 'Failed',
};

/** The columns in the order they stand. */
export const modelColumns: readonly ModelColumn[] = [
  column(
    'status',
    'Status',
    'start',
    ({ status }) => status,
    ({ status }) => statusWords[status],
  ),
  column('task', 'Task', 'start', ({ task }) => task),
  column('classes', 'Classes', 'end', ({ classCount }) => classCount),
  column('input', 'Input', 'end', inputPixels, inputWords),
  column('parameters', 'Parameters', 'end', ({ metadata }) => metadata?.parameters ?? null, countWords),
  column('gflops', 'GFLOPs', 'end', gigaflops, ({ metadata }) => wordsOfFlops(metadata?.flops ?? null)),
  column('precision', 'Precision', 'start', ({ metadata }) => metadata?.precision ?? null),
  column(
    'size',
    'Size',
    'end',
    ({ file }) => file?.sizeBytes ?? null,
    ({ file }) => (file ? formatBytes(file.sizeBytes) : unknown),
  ),
  column('format', 'Format', 'start', ({ file }) => file?.format ?? null),
  column('visibility', 'Visibility', 'start', ({ visibility }) => visibility),
  column('updated', 'Updated', 'start', ({ updatedAt }) => updatedAt),
  column('created', 'Created', 'start', ({ createdAt }) => createdAt),
];

/** Shown before a person chooses others. */
export const usualColumns: readonly ModelColumnId[] = [
  'status',
  'task',
  'classes',
  'input',
  'parameters',
  'gflops',
  'size',
  'created',
];

export function columnById(id: ModelColumnId): ModelColumn {
  const found = modelColumns.find((candidate) => candidate.id === id);
  if (!found) throw new Error(`There is no column ${id}.`);
  return found;
}

/** The columns an address names, in their own order; the usual ones when it names none that exist. */
export function columnsFromAddress(text: string | undefined): readonly ModelColumnId[] {
  if (text === undefined) return usualColumns;
  const named = new Set(text.split(','));
  return modelColumnIds.filter((id) => named.has(id));
}

/** How an address names them; null for the usual ones. */
export function columnsToAddress(ids: readonly ModelColumnId[]): string | null {
  const ordered = modelColumnIds.filter((id) => ids.includes(id));
  return ordered.join() === usualColumns.join() ? null : ordered.join() || 'none';
}

/** Models ordered by a column: unknown values last either way, equals as they were. */
export function sortModels(
  models: readonly ModelSummary[],
  id: ModelColumnId | 'name',
  direction: 'ascending' | 'descending',
): ModelSummary[] {
  const valueIn = id === 'name' ? ({ name }: ModelSummary) => name : columnById(id).value;
  const sign = direction === 'ascending' ? 1 : -1;
  return [...models].sort((a, b) => {
    const first = valueIn(a);
    const second = valueIn(b);
    if (first === null || second === null) return Number(first === null) - Number(second === null);
    return sign * compareValues(first, second);
  });
}

/** 1.23 G → “1.2”, small ones with more digits. */
export function wordsOfFlops(flops: number | null): string {
  if (flops === null) return unknown;
  const giga = flops / 1e9;
  return giga >= 100 ? giga.toFixed(0) : giga >= 1 ? giga.toFixed(1) : giga.toPrecision(2);
}

function column(
  id: ModelColumnId,
  label: string,
  align: 'start' | 'end',
  value: ModelColumn['value'],
  text: ModelColumn['text'] = (model) => String(value(model) ?? unknown),
): ModelColumn {
  return { id, label, align, value, text };
}

function compareValues(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a).localeCompare(String(b), 'en', { numeric: true });
}

function inputPixels({ metadata }: ModelSummary): number | null {
  const size = metadata?.inputSize;
  return size ? size.width * size.height : null;
}

function inputWords({ metadata }: ModelSummary): string {
  const size = metadata?.inputSize;
  if (!size) return unknown;
  const words = size.width === size.height ? String(size.width) : `${size.width}×${size.height}`;
  return size.dynamic ? `${words}, any` : words;
}

function countWords({ metadata }: ModelSummary): string {
  const count = metadata?.parameters ?? null;
  return count === null ? unknown : formatCount(count);
}

function gigaflops({ metadata }: ModelSummary): number | null {
  const flops = metadata?.flops ?? null;
  return flops === null ? null : flops / 1e9;
}
