import { readFileSync } from 'node:fs';
import type { Browser, Page } from '@playwright/test';
import { addPageScript, serveBench } from './chromium';
import { type Measurement, median, milliseconds } from './measure';
import { syntheticYolo } from './synthetic-yolo';

/** Predictions per block; blocks of the page and of the bare session take turns. */
const block = 8;
const blocks = 3;

/**
 * A whole prediction of the real page in Chromium, from the message that hands the JPEG to the worker to the answer with
 * boxes, against the bare `session.run` of the same model in a worker of its own, on WASM with the same threads.
 */
export async function measureChromiumPrediction(browser: Browser, origin: string): Promise<Measurement> {
  const model = syntheticYolo('detect');
  const photo = readFileSync('public/examples/bus.jpg');
  const site = await serveBench('bare-session.ts', { '/model.onnx': model });
  const bare = await browser.newPage();
  await bare.goto(site.origin);
  await bare.waitForFunction(() => 'runBare' in window);

  const page = await browser.newPage();
  await addPageScript(page, recordPredictions);
  await page.goto(`${origin}/test`);
  await page
    .getByLabel('Model file')
    .setInputFiles({ name: 'synthetic.onnx', mimeType: 'application/octet-stream', buffer: Buffer.from(model) });
  const threads = await page.evaluate(() => Math.max(1, Math.min(4, navigator.hardwareConcurrency - 1)));
  const predict = predictor(page, photo);
  await predict(2);
  await runBare(bare, threads, 2);

  const whole: number[] = [];
  const alone: number[] = [];
  for (let i = 0; i < blocks; i++) {
    whole.push(...(await predict(block)));
    alone.push(...(await runBare(bare, threads, block)));
  }
  await page.close();
  await bare.close();
  site.stop();
  return {
    name: 'whole prediction in Chromium (JPEG → boxes)',
    value: median(whole) / median(alone),
    limit: 1.15,
    unit: 'x',
    detail: `${milliseconds(median(whole))} against ${milliseconds(median(alone))} bare session.run (WASM, ${threads} thread${threads > 1 ? 's' : ''})`,
  };
}

/** In the page: how long each prediction takes, from the question posted to the worker to its answer. */
function recordPredictions(): void {
  const durations: number[] = [];
  Reflect.set(window, 'predictionDurations', durations);
  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (this: Worker, ...parameters: Parameters<typeof post>): void {
    const [message] = parameters as [{ id?: number; call?: { kind?: string } }];
    if (message?.call?.kind === 'predict') {
      const started = performance.now();
      const listen = ({ data }: MessageEvent<{ id?: number }>) => {
        if (data.id !== message.id) return;
        durations.push(performance.now() - started);
        this.removeEventListener('message', listen);
      };
      this.addEventListener('message', listen);
    }
    post.apply(this, parameters);
  } as typeof post;
}

/** Drops so many copies of the photo and answers the durations of their predictions. */
function predictor(page: Page, photo: Buffer): (count: number) => Promise<number[]> {
  let seen = 0;
  return async (count) => {
    const files = Array.from({ length: count }, (_, i) => ({
      name: `photo-${seen + i}.jpg`,
      mimeType: 'image/jpeg',
      buffer: photo,
    }));
    await page.getByLabel('Images').setInputFiles(files);
    const until = seen + count;
    await page.waitForFunction(
      (wanted) => (Reflect.get(window, 'predictionDurations') as number[]).length >= wanted,
      until,
      { timeout: 300_000 },
    );
    const durations = await page.evaluate(() => Reflect.get(window, 'predictionDurations') as number[]);
    const fresh = durations.slice(seen, until);
    seen = until;
    return fresh;
  };
}

async function runBare(page: Page, threads: number, count: number): Promise<number[]> {
  const durations: number[] = [];
  for (let i = 0; i < count; i++) {
    durations.push(
      await page.evaluate(
        (wanted) => (Reflect.get(window, 'runBare') as (threads: number) => Promise<number>)(wanted),
        threads,
      ),
    );
  }
  return durations;
}
