import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Measurement, median } from '../measure';
import { drawData } from './draw-data';
import type { LoopAnswer, LoopRequest } from './train-once';

const counts = { train: 240, val: 32 };

/**
 * What the package that people would use instead trains on two cores of the kind of machine that this is developed on: YOLOv8n at
 * 320 × 320, batch 8, with torch 2.13 and its own loading.
 */
const packageImagesPerSecond = 10.5;

/** The whole loop, in processes of their own: its speed against the package's, its memory, and what the validation adds. */
export async function measureWholeLoop(): Promise<Measurement[]> {
  const folder = mkdtempSync(join(tmpdir(), 'sightline-bench-'));
  try {
    const data = await drawData(join(folder, 'data'), counts);
    const run = (request: Omit<LoopRequest, 'data' | 'runFolder'>) =>
      trainOnce({ ...request, data, runFolder: join(folder, request.network) });
    return [
      ...speed(run({ network: 'yolov8n', imgsz: 320, batch: 8, epochs: 3 })),
      memory(run({ network: 'sightline-n', imgsz: 256, batch: 8, epochs: 2 })),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function trainOnce(request: LoopRequest): LoopAnswer {
  const args = ['--import', 'tsx', 'bench/train/train-once.ts', JSON.stringify(request)];
  const output = execFileSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 2 ** 24 });
  return JSON.parse(output);
}

function speed({ epochs, threads, peakBytes }: LoopAnswer): Measurement[] {
  const imagesPerSecond = median(epochs.map(({ images, seconds }) => images / seconds));
  const shares = epochs.map(
    ({ closingSeconds, images, seconds }) => closingSeconds / (seconds * (counts.train / images)),
  );
  const processor = median(epochs.map(({ images, processorSeconds }) => (processorSeconds / images) * 1000));
  const closing = median(epochs.map(({ closingSeconds }) => closingSeconds));
  return [
    {
      name: 'YOLOv8n, 320 × 320, batch 8, whole loop: time of an image, as a multiple of the package’s',
      value: packageImagesPerSecond / imagesPerSecond,
      limit: 1,
      unit: 'x',
      detail: `${imagesPerSecond.toFixed(1)} images/s (${threads} threads, ${processor.toFixed(0)} ms of processors each, ${megabytes(peakBytes)} MiB) against ${packageImagesPerSecond}`,
    },
    {
      name: `validation of ${counts.val} images and saving, as a share of an epoch of ${counts.train}`,
      value: median(shares) * 100,
      limit: 10,
      unit: '%',
      detail: `${closing.toFixed(2)} s`,
    },
  ];
}

function memory({ epochs, threads, peakBytes }: LoopAnswer): Measurement {
  const imagesPerSecond = median(epochs.map(({ images, seconds }) => images / seconds));
  return {
    name: 'peak memory of training sightline-n, 256 × 256, batch 8',
    value: megabytes(peakBytes),
    limit: 1.2 * 1024,
    unit: 'MiB',
    detail: `${imagesPerSecond.toFixed(1)} images/s (${threads} threads)`,
  };
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 2 ** 20);
}
