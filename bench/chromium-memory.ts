import type { Browser, Page } from '@playwright/test';
import { addPageScript } from './chromium';
import { type Measurement, median } from './measure';
import { syntheticYolo } from './synthetic-yolo';

const early = 50;
const last = 500;

/** Whether a frame is under way just then moves a single sample by several megabytes. */
const samplesEach = 5;

/**
 * Memory of the page and its worker (JavaScript and WebAssembly, after a collection) when 500 camera frames were predicted,
 * as a share of what it was after the 50th. The network is small, so that the run ends; what leaks does not depend on it.
 */
export async function measureChromiumMemory(browser: Browser, origin: string): Promise<Measurement> {
  const context = await browser.newContext({ permissions: ['camera'] });
  const page = await context.newPage();
  await addPageScript(page, countPredictions);
  await page.goto(`${origin}/test`);
  await page.getByLabel('Model file').setInputFiles({
    name: 'synthetic.onnx',
    mimeType: 'application/octet-stream',
    buffer: Buffer.from(syntheticYolo('detect', 160)),
  });
  await page.getByRole('button', { name: 'Camera' }).click();
  const before = await memoryAfter(page, early);
  const after = await memoryAfter(page, last);
  await context.close();
  return {
    name: `memory after ${last} predictions, above that after ${early}`,
    value: (100 * (after - before)) / before,
    limit: 5,
    unit: '%',
    detail: `${(after / 2 ** 20).toFixed(1)} MiB against ${(before / 2 ** 20).toFixed(1)} MiB`,
  };
}

function countPredictions(): void {
  Reflect.set(window, 'predictionCount', 0);
  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (this: Worker, ...parameters: Parameters<typeof post>): void {
    const [message] = parameters as [{ call?: { kind?: string } }];
    if (message?.call?.kind === 'predict') {
      Reflect.set(window, 'predictionCount', Number(Reflect.get(window, 'predictionCount')) + 1);
    }
    post.apply(this, parameters);
  } as typeof post;
}

async function memoryAfter(page: Page, predictions: number): Promise<number> {
  await page.waitForFunction((wanted) => Number(Reflect.get(window, 'predictionCount')) >= wanted, predictions, {
    timeout: 600_000,
  });
  const samples: number[] = [];
  for (let i = 0; i < samplesEach; i++) {
    samples.push(
      await page.evaluate(async () => {
        const measure = Reflect.get(performance, 'measureUserAgentSpecificMemory') as () => Promise<{ bytes: number }>;
        return (await measure.call(performance)).bytes;
      }),
    );
  }
  return median(samples);
}
