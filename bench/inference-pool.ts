import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { defaultThresholds } from '@/lib/engines/vision/vision-result';
import { createInferencePool, type InferencePool } from '@/lib/platform/inference/inference-pool';
import type { InferenceRequest } from '@/lib/platform/inference/inference-request';
import { bareNodeRun } from './bare-node-session';
import { fromCallers } from './callers';
import { type Measurement, median, milliseconds, timeOnce, timePairs } from './measure';
import { syntheticYolo } from './synthetic-yolo';

/** Pairs of blocks, one of the pool and one of the bare session, that follow each other. */
const pairs = 5;
const requestsPerBlock = 12;

/**
 * The pool against the bare `session.run` in this process, with the same threads: throughput of 1 and 4 callers as a share of
 * the bare session's, and what a request at 1080p takes besides the network.
 */
export async function measureInferencePool(): Promise<Measurement[]> {
  const folder = mkdtempSync(join(tmpdir(), 'sightline-bench-'));
  const file = join(folder, 'synthetic.onnx');
  const model = syntheticYolo('detect');
  writeFileSync(file, model);
  const pool = createInferencePool({ maximumMemoryBytes: 2 ** 32, modelMemoryBytes: 2 ** 30 });
  try {
    const bus = readFileSync('public/examples/bus.jpg');
    const photo = (width: number, height: number) => sharp(bus).resize(width, height).jpeg({ quality: 90 }).toBuffer();
    const coco = requestOf(file, await photo(640, 427));
    const large = requestOf(file, await photo(1920, 1080));
    const bare = await bareNodeRun(model);
    return [
      await overhead(pool, large),
      await throughput(pool, coco, 1, bare),
      await throughput(pool, coco, 4, bare),
      await throughput(pool, large, 4, bare),
    ];
  } finally {
    await pool.close();
    rmSync(folder, { recursive: true });
  }
}

function requestOf(file: string, bytes: Uint8Array): InferenceRequest {
  return {
    model: { sha256: 'synthetic', file },
    input: { kind: 'image', bytes, name: 'bus.jpg' },
    imgsz: null,
    thresholds: defaultThresholds,
    dialect: { name: 'hub', context: { modelName: 'synthetic' }, withSpeed: true },
  };
}

async function overhead(pool: InferencePool, request: InferenceRequest): Promise<Measurement> {
  const rest: number[] = [];
  const whole: number[] = [];
  for (let i = 0; i < 40; i++) {
    let inference = 0;
    const total = await timeOnce(async () => {
      const { images } = await pool.predict(request);
      inference = images[0].speed.inference;
    });
    if (i < 5) continue;
    whole.push(total);
    rest.push(total - inference);
  }
  return {
    name: 'pool: a request at 1080p besides the network',
    value: median(rest),
    limit: 25,
    unit: 'ms',
    detail: `of ${milliseconds(median(whole))} in all, one caller`,
  };
}

async function throughput(
  pool: InferencePool,
  request: InferenceRequest,
  callers: number,
  bare: () => Promise<unknown>,
): Promise<Measurement> {
  const pooled = () => fromCallers(callers, requestsPerBlock, () => pool.predict(request));
  const alone = () => fromCallers(1, requestsPerBlock, bare);
  const { a, b, ratio } = await timePairs(pooled, alone, { runs: pairs, warmups: 1 });
  const perSecond = (ms: number) => ((requestsPerBlock * 1000) / ms).toFixed(1);
  return {
    name: `pool: time of ${callers} caller${callers === 1 ? '' : 's'}, ${request.input.kind === 'image' ? request.input.bytes.length >> 10 : 0} KB images`,
    value: ratio,
    limit: 1 / 0.9,
    unit: 'x',
    detail: `${perSecond(a)} a second against ${perSecond(b)} of the bare session (${availableParallelism()} threads): ${(100 / ratio).toFixed(0)} %`,
  };
}
