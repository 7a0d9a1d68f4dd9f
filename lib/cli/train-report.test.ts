import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { metricsTable } from '@/lib/cli/metrics-table';
import { createOutput } from '@/lib/cli/output';
import { createTrainReport } from '@/lib/cli/train-report';
import { detectionMetrics } from '@/lib/engines/training/evaluation/detection-metrics';
import type { TrainingEvent } from '@/lib/engines/training/loop/training-event';

const started: TrainingEvent = {
  kind: 'started',
  facts: {
    task: 'detect',
    names: ['a', 'b'],
    parameterCount: 1234567,
    trainImages: 8,
    valImages: 2,
    epochs: 20,
    firstEpoch: 1,
    iterationsPerEpoch: 2,
    batch: 4,
    imgsz: 64,
    optimizer: 'AdamW',
    lr0: 0.001,
    momentum: 0.9,
    backend: 'cpu',
    threads: 2,
  },
};

const step = (iteration: number): TrainingEvent => ({
  kind: 'step',
  epoch: 1,
  iteration,
  losses: { box_loss: 3.1234, cls_loss: 12 },
  imagesPerSecond: 41.26,
  secondsLeft: 3725,
});

const epoch = (number: number, isBest: boolean): TrainingEvent => ({
  kind: 'epoch',
  row: {
    epoch: number,
    seconds: 61,
    train: { box_loss: 3.1234 },
    metrics: { 'mAP50(B)': 0.5 },
    val: null,
    rates: [0, 0, 0],
  },
  fitness: 0.5,
  isBest,
});

async function told(columns: number | null, events: readonly TrainingEvent[]): Promise<string> {
  let text = '';
  let time = 0;
  const stream = new Writable({
    write(part, _, done) {
      text += part;
      done();
    },
  });
  const output = createOutput(stream);
  const report = createTrainReport({ output, errors: output, columns, now: () => time });
  for (const event of events) {
    time += 20_000;
    report.tell(event);
  }
  await report.settled();
  return text;
}

describe('the report of a training', () => {
  it('has a line for each epoch under one header, and a step now and then, where lines stay', async () => {
    const text = await told(null, [started, step(1), step(2), epoch(1, true), epoch(2, false)]);
    expect(text.split('\n').slice(3)).toEqual([
      'Epoch 1/20  step 1/2  box 3.123  cls 12.00  41.3 img/s  01:02:05 left',
      'epoch  box_loss     mAP50      time',
      ' 1/20     3.123     0.500  00:01:01  best',
      ' 2/20     3.123     0.500  00:01:01',
      '',
    ]);
    expect(text).toContain('detect, 2 classes, 1,234,567 parameters\n');
  });

  it('writes steps over one another on a terminal, never wider than it', async () => {
    const text = await told(30, [started, step(1), step(2), epoch(1, false)]);
    const [, , , lines] = text.split('\n');
    expect(lines.split('\r\u001b[2K')).toEqual([
      'Epoch 1/20  step 1/2  box 3.1',
      'Epoch 1/20  step 2/2  box 3.1',
      'epoch  box_loss     mAP50      time',
    ]);
  });

  it('leaves no line open behind it, and nothing of file names that would steer a terminal', async () => {
    const text = await told(30, [started, step(1), { kind: 'notice', text: 'b\u001b[2Jad.png:\n gone' }, step(2)]);
    const [, , , ...lines] = text.split('\n');
    expect(lines).toEqual([
      'Epoch 1/20  step 1/2  box 3.1\r\u001b[2Ksightline: b [2Jad.png: gone',
      'Epoch 1/20  step 2/2  box 3.1\r\u001b[2K',
    ]);
  });

  it('goes on when nobody reads it', async () => {
    const closed = createOutput(new Writable({ destroy: (_, done) => done(null) }).destroy());
    const report = createTrainReport({ output: closed, errors: closed, columns: null, now: () => 0 });
    report.tell(started);
    await expect(report.settled()).resolves.toBeUndefined();
  });
});

describe('the table of metrics', () => {
  it('has a row for all and one for each class, without what would steer a terminal', () => {
    const boxes = detectionMetrics([
      {
        scores: Float32Array.of(0.9, 0.8),
        classIds: Int32Array.of(0, 1),
        hits: new Uint8Array(20).fill(1),
        truthClassIds: Int32Array.of(0, 1),
      },
    ]);
    const confusion = { size: 3, counts: new Uint32Array(9) };
    const milliseconds = { inference: 0, comparison: 0 };
    const table = metricsTable(
      { task: 'detect', boxes, masks: null, keypoints: null, confusion, images: 1, milliseconds },
      ['car', 'b\u001b[31mad'],
    );
    expect(table).toBe(
      [
        'Class     Images  Instances  Box P      R  mAP50  mAP50-95',
        'all            1          2  1.000  1.000  0.995     0.995',
        'car            1          1  1.000  1.000  0.995     0.995',
        'b [31mad       1          1  1.000  1.000  0.995     0.995',
        '',
      ].join('\n'),
    );
  });
});
