import { test as base, expect, type Locator, type Page } from '@playwright/test';

export type DroppedFile = { readonly name: string; readonly mimeType: string; readonly buffer: Buffer };

export type ResultRow = {
  readonly name: string;
  readonly class: number;
  readonly confidence: number;
  readonly box?: Readonly<Record<string, number>>;
  readonly segments?: { readonly x: readonly number[]; readonly y: readonly number[] };
  readonly keypoints?: {
    readonly x: readonly number[];
    readonly y: readonly number[];
    readonly visible?: readonly number[];
  };
  readonly pixel_ratio?: number;
};

/** Milliseconds for a first prediction, which loads and compiles the runtime, on a busy machine of two cores. */
const firstRunTimeout = 60_000;

export type ResultStatus = 'idle' | 'loading' | 'running' | 'done' | 'error';

/** The Test tab as a person and a program use it. */
export class TestPage {
  readonly page: Page;
  /** The machine-readable result of the image that is looked at. */
  readonly resultJson: Locator;
  readonly stage: Locator;

  constructor(page: Page) {
    this.page = page;
    this.resultJson = page.getByTestId('result-json');
    this.stage = page.getByTestId('stage');
  }

  async open(): Promise<void> {
    await this.page.addInitScript(() => window.localStorage.setItem('sightline.demo', 'hidden'));
    await this.page.goto('/test');
    await expect(this.resultJson).toHaveAttribute('data-status', 'idle');
  }

  async chooseModel(name: string, bytes: Uint8Array): Promise<void> {
    await this.page.getByLabel('Model file').setInputFiles(modelFile(name, bytes));
  }

  async chooseImages(...files: readonly DroppedFile[]): Promise<void> {
    await this.page.getByLabel('Images').setInputFiles([...files]);
  }

  /** Drops files on the middle of the window, as from the desktop. */
  async drop(...files: readonly DroppedFile[]): Promise<void> {
    const transfer = await this.page.evaluateHandle(
      (entries) => {
        const data = new DataTransfer();
        for (const { name, mimeType, base64 } of entries) {
          const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
          data.items.add(new File([bytes], name, { type: mimeType }));
        }
        return data;
      },
      files.map(({ name, mimeType, buffer }) => ({ name, mimeType, base64: buffer.toString('base64') })),
    );
    const target = this.page.locator('body');
    await target.dispatchEvent('dragenter', { dataTransfer: transfer });
    await target.dispatchEvent('dragover', { dataTransfer: transfer });
    await target.dispatchEvent('drop', { dataTransfer: transfer });
  }

  async status(status: ResultStatus): Promise<void> {
    await expect(this.resultJson).toHaveAttribute('data-status', status, { timeout: firstRunTimeout });
  }

  /** The document of the finished prediction. */
  async rows(): Promise<readonly ResultRow[]> {
    await this.status('done');
    return JSON.parse((await this.resultJson.textContent()) ?? '');
  }

  /** Waits until the document says so; for results that follow a control at once. */
  async expectNames(names: readonly string[]): Promise<void> {
    await expect
      .poll(
        async () => {
          const text = await this.resultJson.textContent();
          return text ? (JSON.parse(text) as readonly ResultRow[]).map(({ name }) => name) : null;
        },
        { timeout: firstRunTimeout },
      )
      .toEqual(names);
  }
}

export function modelFile(name: string, bytes: Uint8Array): DroppedFile {
  return { name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) };
}

export function pngFile(name: string, buffer: Buffer): DroppedFile {
  return { name, mimeType: 'image/png', buffer };
}

/** Every journey begins on an empty Test tab, and fails when the page threw or logged an error of its own. */
export const test = base.extend<{ testPage: TestPage }>({
  testPage: async ({ page }, use) => {
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && /Content Security Policy|Hydration|Minified React/.test(message.text())) {
        faults.push(message.text());
      }
    });
    const testPage = new TestPage(page);
    await testPage.open();
    await use(testPage);
    expect(faults).toEqual([]);
  },
});
