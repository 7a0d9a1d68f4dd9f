import { type SpawnOptions, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tinyBrokenModel } from '@/lib/engines/model-files/test-support/tiny-broken-models';
import { tinyModel } from '@/lib/engines/model-files/test-support/tiny-models';

const command = fileURLToPath(new URL('../../bin/sightline.mjs', import.meta.url));
const repository = fileURLToPath(new URL('../..', import.meta.url));

type Answer = { status: number | null; output: string; errors: string };

function run(program: string, words: readonly string[], options: SpawnOptions): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let errors = '';
    child.stdout?.on('data', (part) => {
      output += part;
    });
    child.stderr?.on('data', (part) => {
      errors += part;
    });
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, output, errors }));
  });
}

// Each run starts a process of its own, several seconds on a busy machine.
describe('sightline', { timeout: 90_000 }, () => {
  let folder = '';

  const sightline = (...words: string[]) => run(process.execPath, [command, ...words], { cwd: folder });

  /** A gray image with pure squares on it, each of which a tiny model finds exactly. */
  async function squares(name: string, size: number, list: readonly (readonly [string, number, number])[]) {
    const composites = list.map(([background, left, top]) => ({
      input: { create: { width: 16, height: 16, channels: 3 as const, background } },
      left,
      top,
    }));
    await sharp({ create: { width: size, height: size, channels: 3, background: '#727272' } })
      .composite(composites)
      .png()
      .toFile(join(folder, name));
  }

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sightline-cli-'));
    mkdirSync(join(folder, 'images'));
    writeFileSync(join(folder, 'detect.onnx'), tinyModel());
    writeFileSync(join(folder, 'dynamic.onnx'), tinyModel({ dynamic: true }));
    writeFileSync(join(folder, 'batch2.onnx'), tinyModel({ batch: 2 }));
    writeFileSync(join(folder, 'classify.onnx'), tinyModel({ task: 'classify' }));
    writeFileSync(join(folder, 'depth.onnx'), tinyModel({ task: 'depth' }));
    writeFileSync(join(folder, 'unknown-operator.onnx'), tinyBrokenModel('unknown-operator'));
    writeFileSync(join(folder, 'huge-memory.onnx'), tinyBrokenModel('huge-memory'));
    await squares('two.png', 64, [
      ['#ff0000', 16, 16],
      ['#00ff00', 32, 32],
    ]);
    await squares('images/shot10.png', 64, [['#0000ff', 0, 0]]);
    await squares('images/shot9.png', 64, [['#ff0000', 32, 16]]);
    await squares('images/shot11.png', 64, []);
    writeFileSync(join(folder, 'images/shot9b.jpg'), 'not an image');
    writeFileSync(join(folder, 'images/notes.txt'), 'not looked at');
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  it('writes the rows of to_json for an image', async () => {
    const { status, output, errors } = await sightline('predict', '--model', 'detect.onnx', '--source', 'two.png');
    expect({ status, errors }).toEqual({ status: 0, errors: '' });
    expect(output).toBe(
      `${JSON.stringify([
        { name: 'red', class: 0, confidence: 0.875, box: { x1: 16, y1: 16, x2: 32, y2: 32 } },
        { name: 'green', class: 1, confidence: 0.75, box: { x1: 32, y1: 32, x2: 48, y2: 48 } },
      ])}\n`,
    );
  });

  it('filters by confidence, class name and count', async () => {
    const words = ['predict', '--model', 'detect.onnx', '--source', 'two.png'];
    const [conf, byName, most] = await Promise.all([
      sightline(...words, '--conf', '0.75'),
      sightline(...words, '--classes', 'green,blue'),
      sightline(...words, '--max-det', '1'),
    ]);
    const names = ({ output }: Answer) => (JSON.parse(output) as { name: string }[]).map(({ name }) => name);
    expect(names(conf)).toEqual(['red']);
    expect(names(byName)).toEqual(['green']);
    expect(names(most)).toEqual(['red']);
  });

  it('does a folder in natural order, reports what it cannot read, and ends with 1', async () => {
    const answer = await sightline('predict', '--model', 'batch2.onnx', '--source', 'images', '--save', 'out/run');
    expect(answer.status).toBe(1);
    expect(
      answer.output
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as { name: string }[]),
    ).toMatchObject([[{ name: 'red' }], [{ name: 'blue' }], []]);
    expect(answer.errors).toMatch(/^sightline: images\/shot9b\.jpg: This is a text file, not an image\..*\n$/);
    expect(readFileSync(join(folder, 'out/run/labels/shot9.txt'), 'utf8')).toBe('0 0.625 0.375 0.25 0.25\n');
    expect(readFileSync(join(folder, 'out/run/labels/shot11.txt'), 'utf8')).toBe('');
    expect(existsSync(join(folder, 'out/run/shot9b.png'))).toBe(false);
    const drawn = await sharp(join(folder, 'out/run/shot9.png')).metadata();
    expect(drawn).toMatchObject({ format: 'png', width: 64, height: 64 });
  });

  it('writes other dialects, and saves maps without labels', async () => {
    const [hub, depth] = await Promise.all([
      sightline('predict', '--model', 'classify.onnx', '--source', 'two.png', '--format', 'hub'),
      sightline('predict', '--model', 'depth.onnx', '--source', 'two.png', '--save', 'maps'),
    ]);
    expect(hub.status).toBe(0);
    expect(JSON.parse(hub.output)).toHaveProperty('images');
    expect(depth).toMatchObject({ status: 0, errors: '' });
    expect(existsSync(join(folder, 'maps/two.png'))).toBe(true);
    expect(existsSync(join(folder, 'maps/labels/two.txt'))).toBe(false);
  });

  it('runs dynamic models at the asked size and refuses another size of a static one', async () => {
    const [dynamic, fixed] = await Promise.all([
      sightline('predict', '--model', 'dynamic.onnx', '--source', 'two.png', '--imgsz', '128'),
      sightline('predict', '--model', 'detect.onnx', '--source', 'two.png', '--imgsz', '128'),
    ]);
    expect(dynamic.status).toBe(0);
    expect(JSON.parse(dynamic.output)).toMatchObject([{ name: 'red' }, { name: 'green' }]);
    expect(fixed).toMatchObject({ status: 1, output: '' });
    expect(fixed.errors).toMatch(
      /^sightline: --imgsz asks for 128, but this model runs at 64 × 64 pixels only[^\n]*\n$/,
    );
  });

  it.each([
    [['--model', 'detect.onnx', '--source', 'nowhere.png'], 'does not exist'],
    [['--model', 'two.png', '--source', 'two.png'], 'ONNX model was expected'],
    [['--model', 'unknown-operator.onnx', '--source', 'two.png'], 'SightlineNoSuchOperator'],
    [['--model', 'huge-memory.onnx', '--source', 'two.png'], 'memory'],
    [['--model', 'detect.onnx', '--source', 'images', '--save', 'images'], 'Choose another folder'],
    [['--model', 'depth.onnx', '--source', 'two.png', '--format', 'yololabel'], 'yololabel'],
    [['--model', 'detect.onnx', '--source', 'two.png', '--classes', 'dog'], 'red, green, blue'],
  ])('ends with 1 and one line for %j', async (words, expected) => {
    const { status, output, errors } = await sightline('predict', ...words);
    expect({ status, output }).toEqual({ status: 1, output: '' });
    expect(errors).toContain(expected);
    expect(errors).toMatch(/^sightline: [^\n]+\n$/);
    expect(errors).not.toMatch(/\bat .*:\d+:\d+|Error:/);
  });

  it('stops quietly when its reader goes away', async () => {
    const script = `"${process.execPath}" "${command}" predict --model detect.onnx --source two.png | true; echo "\${PIPESTATUS[0]}"`;
    const { output, errors } = await run('bash', ['-c', script], { cwd: folder });
    expect({ output, errors }).toEqual({ output: '0\n', errors: '' });
  });

  it('works through a link and through npm, with paths of the folder it was called in', async () => {
    symlinkSync(command, join(folder, 'linked-sightline'));
    const words = ['predict', '--model', 'detect.onnx', '--source', 'two.png'];
    const [linked, npm] = await Promise.all([
      run(process.execPath, [join(folder, 'linked-sightline'), ...words], { cwd: folder }),
      run('npm', ['run', '--silent', '--prefix', repository, 'sightline', '--', ...words], { cwd: folder }),
    ]);
    expect(linked.status).toBe(0);
    expect(npm.output).toBe(linked.output);
  });

  it('prints help and version on standard output', async () => {
    const [help, version] = await Promise.all([sightline('predict', '--help'), sightline('--version')]);
    expect(help).toMatchObject({ status: 0, errors: '' });
    for (const option of ['--conf', '--iou', '--imgsz', '--classes', '--max-det', '--agnostic', '--format', '--save']) {
      expect(help.output).toContain(option);
    }
    expect(version.output).toMatch(/^sightline \d+\.\d+\.\d+\n$/);
  });
});
