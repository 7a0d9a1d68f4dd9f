import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import type { Measurement } from './measure';

/** Prints the measurements as a table and as JSON, keeps the JSON in bench/results/, and says whether all are within limits. */
export function report(measurements: readonly Measurement[], name = 'latest'): boolean {
  const rows = measurements.map((m) => [
    m.name,
    format(m.value, m.unit),
    `≤ ${format(m.limit, m.unit)}`,
    m.value <= m.limit ? 'ok' : 'OVER',
    m.detail,
  ]);
  const header = ['measurement', 'value', 'limit', '', 'medians'];
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column].length)));
  for (const row of [header, ...rows]) {
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    );
  }
  const document = {
    machine: { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version },
    measurements,
  };
  console.log(JSON.stringify(document));
  mkdirSync('bench/results', { recursive: true });
  writeFileSync(`bench/results/${name}.json`, `${JSON.stringify(document, null, 2)}\n`);
  return measurements.every((m) => m.value <= m.limit);
}

function format(value: number, unit: Measurement['unit']): string {
  switch (unit) {
    case 'x':
      return `${value.toFixed(3)}×`;
    case '%':
      return `${value.toFixed(2)} %`;
    case 'ms':
      return `${value.toFixed(2)} ms`;
    case 'KB':
      return `${value.toFixed(1)} KB`;
    case 'MiB':
      return `${value.toFixed(0)} MiB`;
  }
}
