import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import { convertCheckpoint } from '@/lib/engines/architecture/convert-checkpoint';
import { halfFamilyFile } from '@/lib/engines/architecture/test-support/family-file';
import { bytesSource } from '@/lib/engines/model-files/byte-source';
import { openCheckpoint } from '@/lib/engines/model-files/checkpoint/open-checkpoint';
import { bareNodeRun } from './bare-node-session';
import { serveBench } from './chromium';
import { type Measurement, median, milliseconds, timePairs } from './measure';

const runs = 7;

/** Real checkpoints and the files the exporter made of them, on machines that have them. */
const fixtures = '../shared/fixtures/models';

/** YOLOv8n with eighty classes: 6 MB in half precision. */
const nano = { width: 0.25, depth: 0.33, classCount: 80, headWidth: 64 };
/** The weights of YOLOv8l, 43 million: what matters for memory is the file, no longer the program. */
const large = { width: 1, depth: 1, classCount: 80, headWidth: 64 };

/** How long a checkpoint of 6 MB takes to become ONNX, how much memory one of 85 MB takes, and how fast what comes of it runs. */
export async function measureConversion(browser: Browser): Promise<Measurement[]> {
  const folder = mkdtempSync(join(tmpdir(), 'sightline-bench-'));
  try {
    const file = join(folder, 'nano.pt');
    const bytes = await halfFamilyFile('yolov8n', nano);
    writeFileSync(file, bytes);
    const largeFile = join(folder, 'large.pt');
    writeFileSync(largeFile, await halfFamilyFile('yolov8n', large));
    return [nodeTime(file), await chromiumTime(browser, bytes), memory(largeFile), ...(await speeds())];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

type Conversion = { readonly milliseconds: number; readonly peakBytes: number };

function convertOnce(file: string): Conversion {
  const output = execFileSync(process.execPath, ['--import', 'tsx', 'bench/convert-once.ts', file], {
    encoding: 'utf8',
  });
  return JSON.parse(output);
}

function nodeTime(file: string): Measurement {
  const times = Array.from({ length: runs }, () => convertOnce(file).milliseconds);
  return {
    name: 'converting YOLOv8n (.pt → ONNX) in Node',
    value: median(times),
    limit: 500,
    unit: 'ms',
    detail: `median of ${runs} fresh processes, slowest ${milliseconds(Math.max(...times))}`,
  };
}

async function chromiumTime(browser: Browser, bytes: Uint8Array): Promise<Measurement> {
  const site = await serveBench('convert.ts', { '/best.pt': bytes });
  const page = await browser.newPage();
  await page.goto(site.origin);
  await page.waitForFunction(() => 'runConversions' in window);
  const [first, ...later] = await page.evaluate(
    (count) => (Reflect.get(window, 'runConversions') as (count: number) => Promise<number[]>)(count),
    runs,
  );
  await page.close();
  site.stop();
  return {
    name: 'converting YOLOv8n (.pt → ONNX) in Chromium',
    value: first,
    limit: 1000,
    unit: 'ms',
    detail: `the first of a page; later ones ${milliseconds(median(later))}`,
  };
}

function memory(file: string): Measurement {
  const fileBytes = statSync(file).size;
  const { peakBytes } = convertOnce(file);
  return {
    name: 'peak memory of a conversion, as a multiple of the file',
    value: peakBytes / fileBytes,
    limit: 6,
    unit: 'x',
    detail: `${(peakBytes / 2 ** 20).toFixed(0)} MiB for ${(fileBytes / 2 ** 20).toFixed(0)} MiB`,
  };
}

/** Converted here against made by the exporter: the same network, so that only the graph can make a difference. */
async function speeds(): Promise<Measurement[]> {
  const pairs = [
    { checkpoint: 'yolov8n-coco-dq.pt', exported: 'yolov8n-coco-dq.fp16.onnx', options: { half: true }, side: 640 },
    {
      checkpoint: 'yolo11n-shapes-det.pt',
      exported: 'yolo11n-shapes-det.nms.onnx',
      options: { imgsz: 320, nms: { conf: 0.25, iou: 0.45, maxDetections: 300, agnostic: false } },
      side: 320,
    },
  ].filter(({ exported }) => existsSync(join(fixtures, exported)));
  const measurements: Measurement[] = [];
  for (const { checkpoint, exported, options, side } of pairs) {
    const source = bytesSource(readFileSync(join(fixtures, checkpoint)));
    const { bytes } = await convertCheckpoint(await openCheckpoint(source), options);
    const own = await bareNodeRun(bytes, { threads: 1, side });
    const others = await bareNodeRun(readFileSync(join(fixtures, exported)), { threads: 1, side });
    const { a, b, ratio } = await timePairs(own, others, { runs: 25, warmups: 3 });
    measurements.push({
      name: `running what ${checkpoint} became`,
      value: ratio,
      limit: 1.05,
      unit: 'x',
      detail: `${milliseconds(a)} against ${milliseconds(b)} of ${exported}`,
    });
  }
  return measurements;
}
