import { readFile } from 'node:fs/promises';
import { test as base, expect, type Locator, type Page } from '@playwright/test';
import sharp from 'sharp';
import type { DroppedFile } from './test-page';

/** Milliseconds a run of some steps takes on a busy machine of two cores, the loading of the graphs included. */
const runTimeout = 150_000;

/** The page on which models are trained, as a person uses it. */
export class TrainPage {
  readonly page: Page;
  readonly stage: Locator;
  readonly status: Locator;

  constructor(page: Page) {
    this.page = page;
    this.stage = page.getByTestId('label-stage');
    this.status = page.getByTestId('run-status');
  }

  async open(): Promise<void> {
    await this.page.goto('/test/train');
    // Set once the page takes files.
    await expect(this.page.locator('input[webkitdirectory]')).toBeAttached();
  }

  async choose(...files: readonly DroppedFile[]): Promise<void> {
    await this.page.getByLabel('Pictures and labels').setInputFiles([...files]);
  }

  async chooseModel(file: DroppedFile): Promise<void> {
    await this.page.getByLabel('Model file').setInputFiles(file);
  }

  async set(field: 'Epochs' | 'Image size' | 'Batch', value: number): Promise<void> {
    const input = this.page.getByRole('textbox', { name: field, exact: true });
    await input.fill(String(value));
    await input.press('Enter');
    await expect(input).toHaveValue(String(value));
  }

  async start(): Promise<void> {
    await this.page.getByRole('button', { name: 'Start training' }).click();
  }

  async ended(words: string, timeout = runTimeout): Promise<void> {
    await expect(this.status).toHaveText(words, { timeout });
  }

  /** Sums of the parts of the loss, at the first step and at the last. */
  async lossSums(): Promise<{ readonly first: number; readonly last: number }> {
    const cells = await this.page.locator('tr[data-loss] td').allTextContents();
    const sum = (offset: number) =>
      cells.reduce((total, text, index) => total + (index % 2 === offset ? Number(text) : 0), 0);
    return { first: sum(0), last: sum(1) };
  }

  /** A point of the picture as a point of the window. */
  async at(x: number, y: number): Promise<{ readonly x: number; readonly y: number }> {
    const box = await this.stage.boundingBox();
    const scale = Number(await this.stage.getAttribute('data-scale'));
    const [offsetX, offsetY] = ((await this.stage.getAttribute('data-offset')) ?? '').split(' ').map(Number);
    if (!box) throw new Error('The stage is on the page.');
    return { x: box.x + x * scale + (offsetX ?? 0), y: box.y + y * scale + (offsetY ?? 0) };
  }

  async drag(from: readonly [number, number], to: readonly [number, number]): Promise<void> {
    const start = await this.at(...from);
    const end = await this.at(...to);
    await this.page.mouse.move(start.x, start.y);
    await this.page.mouse.down();
    await this.page.mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2);
    await this.page.mouse.move(end.x, end.y);
    await this.page.mouse.up();
  }

  /** The boxes that are drawn, in pixels of the picture, rounded. */
  async boxes(): Promise<readonly (readonly number[])[]> {
    const scale = Number(await this.stage.getAttribute('data-scale'));
    const [offsetX = 0, offsetY = 0] = ((await this.stage.getAttribute('data-offset')) ?? '').split(' ').map(Number);
    const rects = await this.stage
      .locator('g[data-label] > rect')
      .evaluateAll((elements) =>
        elements.map((element) => ['x', 'y', 'width', 'height'].map((name) => Number(element.getAttribute(name)))),
      );
    return rects.map(([x = 0, y = 0, width = 0, height = 0]) =>
      [x - offsetX, y - offsetY, x - offsetX + width, y - offsetY + height].map((value) => Math.round(value / scale)),
    );
  }

  async saveOnnx(): Promise<{ readonly name: string; readonly bytes: Uint8Array }> {
    const [download] = await Promise.all([
      this.page.waitForEvent('download'),
      this.page.getByRole('button', { name: 'Save ONNX' }).click(),
    ]);
    return { name: download.suggestedFilename(), bytes: new Uint8Array(await readFile(await download.path())) };
  }
}

/** Every journey begins on an empty page, and fails when the page threw. */
export const test = base.extend<{ trainPage: TrainPage }>({
  trainPage: async ({ page }, use) => {
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    const trainPage = new TrainPage(page);
    await trainPage.open();
    await use(trainPage);
    expect(faults).toEqual([]);
  },
});

const pictureSide = 128;

/** Pictures of one bright square each, at another place, with their label files. */
export async function labelledSquares(count: number): Promise<readonly DroppedFile[]> {
  const files: DroppedFile[] = [];
  for (let index = 0; index < count; index++) {
    const left = 8 + ((index * 23) % 60);
    const top = 12 + ((index * 37) % 56);
    files.push({ name: `square-${index}.png`, mimeType: 'image/png', buffer: await squarePicture(left, top) });
    files.push(labelFile(`square-${index}.txt`, `0 ${fraction(left)} ${fraction(top)} 0.375 0.375`));
  }
  return files;
}

export function labelFile(name: string, text: string): DroppedFile {
  return { name, mimeType: 'text/plain', buffer: Buffer.from(text) };
}

/** Of a square of 48 pixels. */
export async function squarePicture(left: number, top: number): Promise<Buffer> {
  const square = await sharp({ create: { width: 48, height: 48, channels: 3, background: '#ffd040' } })
    .png()
    .toBuffer();
  return sharp({ create: { width: pictureSide, height: pictureSide, channels: 3, background: '#305060' } })
    .composite([{ input: square, left, top }])
    .png()
    .toBuffer();
}

function fraction(start: number): number {
  return (start + 24) / pictureSide;
}
