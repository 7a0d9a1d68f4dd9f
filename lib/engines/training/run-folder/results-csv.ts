import type { EpochRow, NamedNumbers } from '@/lib/engines/training/loop/epoch-row';

/**
 * The rows under the field's column names: epoch, time, train/…, metrics/…, val/…, lr/pg0 … lr/pg2. A number that an epoch does not
 * have is an empty field. Empty for no rows.
 */
export function resultsCsv(rows: readonly EpochRow[]): string {
  if (rows.length === 0) return '';
  const train = namesIn(rows.map((row) => row.train));
  const metrics = namesIn(rows.map((row) => row.metrics));
  const val = namesIn(rows.map((row) => row.val));
  const header = [
    'epoch',
    'time',
    ...train.map((name) => `train/${name}`),
    ...metrics.map((name) => `metrics/${name}`),
    ...val.map((name) => `val/${name}`),
    ...[0, 1, 2].map((group) => `lr/pg${group}`),
  ];
  const lines = rows.map((row) => [
    String(row.epoch),
    fieldOf(row.seconds),
    ...train.map((name) => fieldOf(row.train[name])),
    ...metrics.map((name) => fieldOf(row.metrics?.[name])),
    ...val.map((name) => fieldOf(row.val?.[name])),
    ...row.rates.map(fieldOf),
  ]);
  return [header, ...lines].map((fields) => `${fields.join(',')}\n`).join('');
}

function namesIn(records: readonly (NamedNumbers | null)[]): string[] {
  return [...new Set(records.flatMap((record) => Object.keys(record ?? {})))];
}

/** Six significant digits, as the field writes them. */
function fieldOf(value: number | undefined): string {
  if (value === undefined) return '';
  return Number.isFinite(value) ? String(Number(value.toPrecision(6))) : 'nan';
}
