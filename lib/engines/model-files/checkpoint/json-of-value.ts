import { unreachable } from '@/lib/core/assert';
import type { CheckpointValue } from '@/lib/engines/model-files/checkpoint/checkpoint';
import { isMapping, isSequence } from '@/lib/engines/model-files/checkpoint/checkpoint-values';

/** What JSON can say. */
type Json = null | boolean | number | string | readonly Json[] | JsonRecord;

export type JsonRecord = { readonly [key: string]: Json };

/** A hundred settings and a thousand epochs of twenty columns fit; a file that repeats one text a million times does not. */
const maximumValues = 50_000;
const maximumCharacters = 1_000_000;
/** A longer text is a file of its own. */
const longestText = 4000;

type Budget = { valuesLeft: number; charactersLeft: number };

/**
 * A value of a checkpoint as JSON: numbers that JSON lacks, and integers beyond 2⁵³, as text; tensors as their type and shape,
 * modules and markers as their names, and settings objects as their attributes. What goes beyond any genuine file is left out.
 */
function jsonOf(value: CheckpointValue, budget: Budget = freshBudget()): Json {
  budget.valuesLeft -= 1;
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'string') return afforded(value, budget);
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'bigint') return String(value);
  if (value instanceof Uint8Array) return `${value.byteLength} bytes`;
  if (isMapping(value)) return recordOf(value, budget);
  if (isSequence(value)) return value.slice(0, Math.max(budget.valuesLeft, 0)).map((member) => jsonOf(member, budget));
  switch (value.kind) {
    case 'tensor':
      return `${value.dtype} tensor [${value.shape.join(', ')}]`;
    case 'object':
      return recordOf(value.attributes, budget);
    case 'module':
      return afforded(value.className, budget);
    case 'marker':
      return afforded(value.name, budget);
    default:
      return unreachable(value);
  }
}

/** The same, where only a dictionary or a settings object says something; empty for all else. */
export function jsonRecordOf(value: CheckpointValue | undefined): JsonRecord {
  const json = jsonOf(value ?? null);
  return isRecord(json) ? json : {};
}

/** Text that may be shown beside others. */
export function shortened(text: string, characters: number): string {
  return text.length > characters ? `${text.slice(0, characters)}…` : text;
}

function freshBudget(): Budget {
  return { valuesLeft: maximumValues, charactersLeft: maximumCharacters };
}

function afforded(text: string, budget: Budget): string {
  const shown = shortened(text, Math.max(Math.min(longestText, budget.charactersLeft), 0));
  budget.charactersLeft -= shown.length;
  return shown;
}

/** Keys that Python has and JSON has not become text, as Python’s own json module makes them. */
function recordOf(entries: ReadonlyMap<CheckpointValue, CheckpointValue>, budget: Budget): JsonRecord {
  const record: [string, Json][] = [];
  for (const [key, value] of entries) {
    if (budget.valuesLeft <= 0) break;
    record.push([keyOf(key, budget), jsonOf(value, budget)]);
  }
  return Object.fromEntries(record);
}

function keyOf(key: CheckpointValue, budget: Budget): string {
  return typeof key === 'string' ? afforded(key, budget) : JSON.stringify(jsonOf(key, budget));
}

function isRecord(json: Json): json is JsonRecord {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}
