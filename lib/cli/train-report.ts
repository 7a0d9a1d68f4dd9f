import type { Output } from '@/lib/cli/output';
import { OutputClosed } from '@/lib/cli/output';
import { printable } from '@/lib/cli/printable';
import type { NamedNumbers } from '@/lib/engines/training/loop/epoch-row';
import type { RunFacts, TrainingEvent } from '@/lib/engines/training/loop/training-event';

/** Tells a run's events to people: a line that changes on a terminal, lines elsewhere. */
type TrainReport = {
  readonly tell: (event: TrainingEvent) => void;
  /** A line that is no event of the run. */
  note(text: string): void;
  /** Resolves when all that was told is written; a line that changes is erased, so that others can follow. */
  settled(): Promise<void>;
};

type Reporting = {
  readonly output: Output;
  readonly errors: Output;
  /** Signs in a line of the terminal, where a line can be written over; null where lines stay. */
  readonly columns: number | null;
  readonly now: () => number;
};

/** Where lines stay, steps are told this often. */
const quietMs = 30_000;
/** Where they are written over, no oftener than eyes follow. */
const redrawMs = 100;

const eraseLine = '\r\u001b[2K';

export function createTrainReport({ output, errors, columns, now }: Reporting): TrainReport {
  let queue: Promise<void> = Promise.resolve();
  let facts: RunFacts | null = null;
  let header = '';
  let lastStep = now();
  let isLineOpen = false;

  function write(to: Output, text: string): void {
    const cleared = isLineOpen ? eraseLine : '';
    isLineOpen = false;
    queue = queue.then(() => to.write(cleared + text)).catch(ignoreClosed);
  }

  function tellStep(event: Extract<TrainingEvent, { kind: 'step' }>, { epochs, iterationsPerEpoch }: RunFacts): void {
    const time = now();
    const isDue = time - lastStep >= (columns === null ? quietMs : redrawMs);
    if (!isDue) return;
    lastStep = time;
    const line = [
      `Epoch ${event.epoch}/${epochs}`,
      `step ${event.iteration}/${iterationsPerEpoch}`,
      ...Object.entries(event.losses).map(([name, value]) => `${name.replace(/_loss$/, '')} ${lossText(value)}`),
      `${event.imagesPerSecond.toFixed(1)} img/s`,
      `${durationText(event.secondsLeft)} left`,
    ].join('  ');
    // A line that wraps could not be erased.
    write(output, columns === null ? `${line}\n` : line.slice(0, columns - 1));
    isLineOpen = columns !== null;
  }

  return {
    tell(event) {
      switch (event.kind) {
        case 'started':
          facts = event.facts;
          write(output, factsText(event.facts));
          return;
        case 'step':
          if (facts !== null) tellStep(event, facts);
          return;
        case 'epoch': {
          const row = epochCells(event, facts?.epochs ?? 0);
          const titles = row.map(([title, text]) => title.padStart(Math.max(title.length, text.length))).join('  ');
          const line = row.map(([title, text]) => text.padStart(title.length)).join('  ');
          if (titles !== header) write(output, `${titles}\n`);
          header = titles;
          write(output, `${line}${event.isBest ? '  best' : ''}\n`);
          return;
        }
        case 'notice':
          write(errors, `sightline: ${printable(event.text)}\n`);
          return;
        case 'saved':
        case 'finished':
          return;
      }
    },
    note: (text) => write(errors, `sightline: ${text}\n`),
    settled() {
      if (isLineOpen) write(output, '');
      return queue;
    },
  };
}

function factsText(facts: RunFacts): string {
  const { names, trainImages, valImages, imgsz, batch, optimizer, lr0, momentum, backend, threads } = facts;
  const count = facts.parameterCount.toLocaleString('en');
  return (
    `${facts.task}, ${names.length} ${names.length === 1 ? 'class' : 'classes'}, ${count} parameters\n` +
    `${trainImages} training and ${valImages} validation images at ${imgsz} × ${imgsz}, batch ${batch}, ${facts.iterationsPerEpoch} steps an epoch\n` +
    `${optimizer}, lr0 ${lr0}, momentum ${momentum}; ${backend}, ${threads} ${threads === 1 ? 'thread' : 'threads'}\n`
  );
}

/** Titles and texts of an epoch’s line; the widths do not change from epoch to epoch. */
function epochCells(
  { row }: Extract<TrainingEvent, { kind: 'epoch' }>,
  epochs: number,
): readonly (readonly [string, string])[] {
  const width = String(epochs).length;
  return [
    ['epoch'.padStart(2 * width + 1), `${String(row.epoch).padStart(width)}/${epochs}`],
    ...cells(row.train, lossText),
    ...cells(row.metrics ?? {}, (value) => value.toFixed(3)),
    ['time'.padStart(8), durationText(row.seconds)],
  ];
}

function cells(numbers: NamedNumbers, text: (value: number) => string): (readonly [string, string])[] {
  return Object.entries(numbers).map(([name, value]) => [name.replace(/\(B\)$/, '').padStart(8), text(value)] as const);
}

function lossText(value: number): string {
  return value.toPrecision(4);
}

/** Hours, minutes and seconds. */
export function durationText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}

/** Nobody reads any more; the run goes on for its files. */
function ignoreClosed(error: unknown): void {
  if (!(error instanceof OutputClosed)) throw error;
}
