import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawnClasses, drawnDataset } from '@/lib/cli/test-support/drawn-dataset';

const command = fileURLToPath(new URL('../../bin/sightline.mjs', import.meta.url));

type Answer = { status: number | null; output: string; errors: string };

// Each run starts a process of its own, several seconds on a busy machine.
describe('sightline train', { timeout: 120_000 }, () => {
  let folder = '';
  /** A run of two epochs from its beginning to its end. */
  let whole: Promise<Answer>;

  function start(words: readonly string[]): { child: ChildProcess; answer: Promise<Answer> } {
    const child = spawn(process.execPath, [command, ...words], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    const said = { output: '', errors: '' };
    child.stdout?.on('data', (part) => {
      said.output += part;
    });
    child.stderr?.on('data', (part) => {
      said.errors += part;
    });
    const answer = new Promise<Answer>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (status) => resolve({ status, ...said }));
    });
    return { child, answer };
  }

  const sightline = (...words: string[]): Promise<Answer> => start(words).answer;

  const small = ['imgsz=64', 'batch=4', 'threads=1'];

  /** The rows of a run but for their times. */
  function results(run: string): string[][] {
    const lines = readFileSync(join(folder, run, 'results.csv'), 'utf8')
      .trimEnd()
      .split('\n');
    return lines.map((line) => line.split(',').filter((_, column) => column !== 1));
  }

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sightline-train-'));
    await drawnDataset(join(folder, 'squares'));
    await drawnClasses(join(folder, 'classes'));
    whole = sightline('train', 'data=squares/data.yaml', 'epochs=2', ...small);
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('trains a fresh network, and the model it leaves can be measured and run', async () => {
    const { status, output, errors } = await whole;
    expect({ status, errors }).toEqual({ status: 0, errors: '' });
    expect(output).toContain('8 training and 2 validation images at 64 × 64, batch 4, 2 steps an epoch');
    expect(output).toMatch(/\n2 epochs in 00:0\d:\d\d; the best one was \d\n/);
    const run = join(folder, 'runs/detect/train');
    expect(readdirSync(run).sort()).toEqual(
      [
        ...['F1', 'P', 'PR', 'R'].map((kind) => `Box${kind}_curve.svg`),
        ...['args.yaml', 'confusion_matrix.svg', 'confusion_matrix_normalized.svg', 'labels.svg'],
        ...['results.csv', 'results.svg', 'train_batch0.png', 'train_batch1.png'],
        ...['val_labels.png', 'val_pred.png', 'weights'],
      ].sort(),
    );
    expect(readdirSync(join(run, 'weights')).sort()).toEqual(['best.onnx', 'best.safetensors', 'last.ckpt']);
    expect(readFileSync(join(run, 'args.yaml'), 'utf8')).toContain('\nepochs: 2\n');
    const [header, ...rows] = results('runs/detect/train');
    expect(header).toEqual(
      [
        'epoch,train/box_loss,train/cls_loss,train/dfl_loss',
        'metrics/precision(B),metrics/recall(B),metrics/mAP50(B),metrics/mAP50-95(B)',
        'val/box_loss,val/cls_loss,val/dfl_loss,lr/pg0,lr/pg1,lr/pg2',
      ]
        .join(',')
        .split(','),
    );
    expect(rows).toHaveLength(2);

    const measured = await sightline(
      'val',
      'model=runs/detect/train/weights/best.onnx',
      'data=squares/data.yaml',
      '--json',
    );
    expect(measured).toMatchObject({ status: 0, errors: '' });
    expect(JSON.parse(measured.output)).toMatchObject({ task: 'detect', images: 2, metrics: { 'mAP50(B)': 0 } });
    const seen = await sightline(
      'predict',
      '--model',
      join(run, 'weights/best.onnx'),
      '--source',
      'squares/images/val',
    );
    expect({ status: seen.status, lines: seen.output.trimEnd().split('\n').length }).toEqual({ status: 0, lines: 2 });
  });

  it('goes on after kill -9 as if nothing had been, and goes on from a Ctrl-C', async () => {
    const words = ['data=squares/data.yaml', 'epochs=2', 'plots=False', 'project=curves', ...small];
    const killed = start(['train', ...words, 'name=killed']);
    killed.child.stdout?.on('data', () => {
      if (existsSync(join(folder, 'curves/killed/results.csv'))) killed.child.kill('SIGKILL');
    });
    await killed.answer;
    const stopped = start(['train', ...words, 'name=stopped']);
    stopped.child.stdout?.once('data', () => stopped.child.kill('SIGINT'));
    const end = await stopped.answer;
    expect(end.status).toBe(130);
    expect(end.output).toContain('Go on with: sightline train resume=curves/stopped/weights/last.ckpt');
    for (const name of ['killed', 'stopped']) {
      const resumed = await sightline('train', `resume=curves/${name}/weights/last.ckpt`);
      expect(resumed).toMatchObject({ status: 0, errors: '' });
    }
    expect((await whole).status).toBe(0);
    expect(results('curves/killed')).toEqual(results('runs/detect/train'));
    expect(results('curves/stopped')).toEqual(results('runs/detect/train'));
  });

  it('trains a classifier on folders, and its weights further', async () => {
    const first = await sightline('train', 'data=classes', 'epochs=1', 'plots=False', ...small);
    expect(first).toMatchObject({ status: 0, errors: '' });
    expect(first.output).toMatch(/\nall +2 +[\d.]+ +1\.000\n/);
    const model = 'model=runs/classify/train/weights/last.ckpt';
    const second = await sightline('train', model, 'data=classes', 'epochs=1', 'plots=False', ...small);
    expect(second).toMatchObject({ status: 0, errors: '' });
    expect(existsSync(join(folder, 'runs/classify/train2/weights/best.onnx'))).toBe(true);
  });

  it('refuses what it cannot train with, in one line', async () => {
    writeFileSync(join(folder, 'broken.ckpt'), 'no state');
    const description = readFileSync(join(folder, 'squares/data.yaml'), 'utf8');
    writeFileSync(join(folder, 'squares/other.yaml'), description.replace('blue', 'green'));
    await whole;
    copyFileSync(join(folder, 'runs/detect/train/weights/last.ckpt'), join(folder, 'moved.ckpt'));
    const large = ['imgsz=4096', 'batch=256', 'threads=1', 'project=refused'];
    const [noData, otherTask, noState, stray, otherClasses, moved, tooLarge] = await Promise.all([
      sightline('train', 'data=nothing.yaml'),
      sightline('train', 'data=squares/data.yaml', 'task=pose'),
      sightline('train', 'resume=broken.ckpt'),
      sightline('train', 'data=squares/data.yaml', 'epoch=1'),
      sightline('train', 'resume=runs/detect/train/weights/last.ckpt', 'data=squares/other.yaml'),
      sightline('train', 'resume=moved.ckpt'),
      sightline('train', 'data=squares/data.yaml', ...large),
    ]);
    expect([noData, otherTask, noState, stray].map(({ status }) => status)).toEqual([1, 1, 1, 1]);
    expect(noData.errors).toMatch(/^sightline: There is no file .*nothing\.yaml\..*\n$/);
    expect(otherTask.errors).toMatch(/^sightline: Keypoints were asked for, and data\.yaml has no kpt_shape\..*\n$/);
    expect(noState.errors).toMatch(/^sightline: A training state \(last\.ckpt\) was expected.*\n$/);
    expect(otherClasses).toMatchObject({ status: 1, output: '' });
    expect(otherClasses.errors).toContain('The run has the classes red, blue, and the data has red, green.');
    expect(stray.errors).toMatch(/Did you mean epochs\?\n$/);
    expect(moved.errors).toMatch(
      /^sightline: A run is resumed in its own folder, and “moved\.ckpt” lies in none: .*\n$/,
    );
    expect(tooLarge).toMatchObject({ status: 1, output: '' });
    expect(tooLarge.errors).toMatch(/^sightline: A batch of 256 images needs about \d+\.\d GB of memory, .*\n$/);
    expect(readdirSync(join(folder, 'refused'))).toEqual([]);
  });
});
