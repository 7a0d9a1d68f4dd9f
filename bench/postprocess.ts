import { bytesSource } from '@/lib/engines/model-files/byte-source';
import { identifyModel } from '@/lib/engines/model-files/identify-model';
import type { ModelSpec } from '@/lib/engines/model-files/model-facts';
import { seededRandom } from '@/lib/engines/model-files/test-support/seeded-random';
import type { HeadOutput } from '@/lib/engines/vision/head-output';
import { interpretHead } from '@/lib/engines/vision/interpret-head';
import { letterboxPlacement } from '@/lib/engines/vision/letterbox';
import { createMaskCache } from '@/lib/engines/vision/mask-cache';
import { defaultThresholds } from '@/lib/engines/vision/vision-result';
import { type Measurement, median, milliseconds, timeOnce } from './measure';
import { syntheticYolo } from './synthetic-yolo';
import { bareWasmSession } from './wasm-session';

const anchors = 8400;

/** Post-processing against the WASM run of the same network, and a change of thresholds on a kept output. */
export async function measurePostprocess(): Promise<Measurement[]> {
  const detect = await setUp('detect', 60);
  const segment = await setUp('segment', 50);
  const found = interpretHead(segment.spec, segment.output, defaultThresholds);
  const maskCount = 'detections' in found ? found.detections.length : 0;

  const cache = createMaskCache();
  interpretHead(detect.spec, detect.output, defaultThresholds, cache);
  let step = 0;
  const change = await repeated(60, () => {
    step += 1;
    const conf = 0.05 + (step % 18) * 0.05;
    interpretHead(detect.spec, detect.output, { ...defaultThresholds, conf, iou: 0.3 + (step % 5) * 0.1 }, cache);
  });
  return [
    share('post-processing 84×8400 at conf 0.25', detect, 2),
    share(`post-processing with ${maskCount} masks at 640`, segment, 5),
    {
      name: 'a threshold change (84×8400, no inference)',
      value: change,
      limit: 5,
      unit: 'ms',
      detail: 'median of 60 changes of conf and IoU',
    },
  ];
}

type Case = { spec: ModelSpec; output: HeadOutput; runMs: number; postMs: number; threads: number };

function share(name: string, { runMs, postMs, threads }: Case, limit: number): Measurement {
  const detail = `${milliseconds(postMs)} of ${milliseconds(runMs)} session.run (WASM, ${threads} thread${threads > 1 ? 's' : ''})`;
  return { name, value: (100 * postMs) / runMs, limit, unit: '%', detail };
}

async function setUp(task: 'detect' | 'segment', objects: number): Promise<Case> {
  const model = syntheticYolo(task);
  const { readings } = await identifyModel(bytesSource(model));
  const { spec } = readings[0];
  const output = crowdedHead(task, objects);
  const session = await bareWasmSession(model);
  await session.run();
  const runs: number[] = [];
  const posts: number[] = [];
  for (let i = 0; i < 7; i++) {
    runs.push(await timeOnce(() => session.run()));
    posts.push(await repeated(5, () => interpretHead(spec, output, defaultThresholds)));
  }
  return { spec, output, runMs: median(runs), postMs: median(posts), threads: session.threads };
}

async function repeated(times: number, action: () => unknown): Promise<number> {
  const durations: number[] = [];
  for (let i = 0; i < times; i++) durations.push(await timeOnce(action));
  return median(durations);
}

/**
 * What a head answers for a crowded street: low noise everywhere, and around each object a dozen anchors that agree on its box
 * with falling confidence, so that thresholding, NMS and masks all have real work.
 */
function crowdedHead(task: 'detect' | 'segment', objects: number): HeadOutput {
  const random = seededRandom(11);
  const channels = task === 'segment' ? 116 : 84;
  const data = new Float32Array(channels * anchors);
  for (let i = 4 * anchors; i < 84 * anchors; i++) data[i] = random() ** 8 * 0.2;
  for (let i = 84 * anchors; i < data.length; i++) data[i] = random() * 2 - 1;
  const columns = Math.ceil(Math.sqrt(objects));
  for (let object = 0; object < objects; object++) {
    const cell = 640 / columns;
    const cx = ((object % columns) + 0.5) * cell;
    const cy = (Math.floor(object / columns) + 0.5) * cell;
    for (let k = 0; k < 12; k++) {
      const anchor = Math.floor(random() * anchors);
      const box = [cx + random() * 4, cy + random() * 4, cell * (0.9 + random() * 0.1), cell * (0.9 + random() * 0.1)];
      box.forEach((value, channel) => {
        data[channel * anchors + anchor] = value;
      });
      data[(4 + (object % 80)) * anchors + anchor] = 0.95 - k * 0.05;
    }
  }
  const prototypes = Float32Array.from({ length: 32 * 160 * 160 }, () => random() - 0.4);
  const image = { width: 1280, height: 720 };
  return {
    main: { data, dims: [channels, anchors] },
    prototypes: task === 'segment' ? { data: prototypes, dims: [32, 160, 160] } : null,
    placement: letterboxPlacement(image, { width: 640, height: 640 }, { auto: false, stride: 32 }),
  };
}
