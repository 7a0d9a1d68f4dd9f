import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { tinyModel } from '@/lib/engines/model-files/test-support/tiny-models';
import { redAndBlue } from './drawn-images';

const run = promisify(execFile);

export const hasCurl = spawnSync('curl', ['--version']).status === 0;
export const hasPython = spawnSync('python3', ['-c', 'import requests']).status === 0;

/** Where the examples of documents run: a folder with the image.jpg and best.onnx that they name. */
export class ExampleShell {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async open(): Promise<ExampleShell> {
    const shell = new ExampleShell(await mkdtemp(join(tmpdir(), 'sightline-seeds-')));
    await shell.write('image.jpg', await redAndBlue());
    await shell.write('best.onnx', tinyModel());
    return shell;
  }

  write(name: string, content: string | Uint8Array): Promise<void> {
    return writeFile(join(this.#folder, name), content);
  }

  /** Standard output of curl. */
  async curlBytes(...words: readonly string[]): Promise<Buffer> {
    const options = { cwd: this.#folder, encoding: 'buffer' } as const;
    return (await run('curl', ['--silent', '--show-error', ...words], options)).stdout;
  }

  /** Standard output of curl, parsed. */
  // biome-ignore lint/suspicious/noExplicitAny: replies are picked apart by the assertions that describe them.
  async curl(...words: readonly string[]): Promise<any> {
    return JSON.parse(String(await this.curlBytes(...words)));
  }

  /** The JSON of the `response` that a script leaves. */
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  async python(script: string): Promise<any> {
    const program = `${script}\nimport json\nprint(json.dumps(response.json()))`;
    const { stdout } = await run('python3', ['-c', program], { cwd: this.#folder });
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
  }

  close(): Promise<void> {
    return rm(this.#folder, { recursive: true, force: true });
  }
}

/** The first box of `redAndBlue`, in pixels. */
export const redBox = { x1: 16, y1: 16, x2: 32, y2: 32 };
