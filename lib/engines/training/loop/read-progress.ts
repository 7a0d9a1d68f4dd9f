import type { EpochRow, NamedNumbers } from '@/lib/engines/training/loop/epoch-row';
import type { BestEpoch, TrainingProgress } from '@/lib/engines/training/loop/training-progress';
import { damaged } from '@/lib/engines/training/run-folder/state-file';

/** More epochs, or losses, than any run has. */
const mostRows = 1_000_000;

/** A progress that was JSON in between. Nothing of it is believed: throws a `Fault` (`model-damaged`). */
export function readProgress(value: unknown): TrainingProgress {
  const { epoch, iteration, lossSums, updates, lastUpdate, rows, best, seconds } = fieldsOf(value);
  return {
    epoch: countOf(epoch),
    iteration: countOf(iteration),
    lossSums: listOf(lossSums).map(numberOf),
    updates: countOf(updates),
    lastUpdate: countOf(numberOf(lastUpdate) + 1) - 1,
    rows: listOf(rows).map(rowOf),
    best: best === null ? null : bestOf(best),
    seconds: numberOf(seconds),
  };
}

/** The fields of an object; throws where it is none. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isObject) throw damaged('its header has something else where fields were expected');
  return { ...value };
}

export function countOf(value: unknown): number {
  const count = numberOf(value);
  if (!Number.isSafeInteger(count) || count < 0) throw damaged(`its header counts ${count}`);
  return count;
}

export function textOf(value: unknown): string {
  if (typeof value !== 'string') throw damaged('its header has something else where a text was expected');
  return value;
}

function numberOf(value: unknown): number {
  if (typeof value !== 'number') throw damaged('its header has something else where a number was expected');
  return value;
}

function listOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value) || value.length > mostRows) throw damaged('its header has no list where one was expected');
  return value;
}

function rowOf(value: unknown): EpochRow {
  const { epoch, seconds, train, metrics, val, rates } = fieldsOf(value);
  const [bias, weight, norm, ...more] = listOf(rates).map(numberOf);
  if (norm === undefined || more.length > 0) throw damaged('its header has a row without three rates');
  return {
    epoch: countOf(epoch),
    seconds: numberOf(seconds),
    train: namedNumbers(train),
    metrics: metrics === null ? null : namedNumbers(metrics),
    val: val === null ? null : namedNumbers(val),
    rates: [bias, weight, norm],
  };
}

/** JSON has no word for what is no number: it writes null. */
function namedNumbers(value: unknown): NamedNumbers {
  const entries = Object.entries(fieldsOf(value));
  return Object.fromEntries(entries.map(([name, number]) => [name, number === null ? Number.NaN : numberOf(number)]));
}

function bestOf(value: unknown): BestEpoch {
  const { epoch, fitness } = fieldsOf(value);
  return { epoch: countOf(epoch), fitness: numberOf(fitness) };
}
