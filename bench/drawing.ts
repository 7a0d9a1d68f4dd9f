import type { Browser } from '@playwright/test';
import { serveBench } from './chromium';
import { type Measurement, median, milliseconds } from './measure';

/** 300 labelled boxes by the overlay painter against the same strokes and texts on a bare 2D canvas. */
export async function measureDrawing(browser: Browser): Promise<Measurement> {
  const site = await serveBench('drawing.ts');
  const page = await browser.newPage();
  await page.goto(site.origin);
  await page.waitForFunction(() => 'measureDrawing' in window);
  const times = await page.evaluate(() => {
    const measure = Reflect.get(window, 'measureDrawing') as (runs: number) => { painter: number[]; raw: number[] };
    measure(10);
    return measure(60);
  });
  await page.close();
  site.stop();
  const ratios = times.painter.map((time, i) => time / times.raw[i]);
  return {
    name: 'drawing 300 boxes with labels',
    value: median(ratios),
    limit: 1.5,
    unit: 'x',
    detail: `${milliseconds(median(times.painter))} against ${milliseconds(median(times.raw))} raw canvas`,
  };
}
