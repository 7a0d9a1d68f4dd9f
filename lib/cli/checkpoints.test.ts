import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '@/lib/cli/main';
import { familyFile } from '@/lib/engines/architecture/test-support/family-file';
import { familyCheckpoint, familyNamed } from '@/lib/engines/architecture/test-support/module-trees/families';
import { bytesSource } from '@/lib/engines/model-files/byte-source';
import {
  commandThatCreates,
  executingPickles,
} from '@/lib/engines/model-files/checkpoint/test-support/hostile-pickles';
import {
  describeModule,
  writeCheckpoint,
  zipOf,
} from '@/lib/engines/model-files/checkpoint/test-support/write-checkpoint';
import { identifyModel } from '@/lib/engines/model-files/identify-model';

let folder = '';

function sink() {
  const parts: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      parts.push(String(chunk));
      done();
    },
  });
  return { stream, text: () => parts.join('') };
}

async function sightline(...words: string[]) {
  const output = sink();
  const errors = sink();
  const status = await main(words, { folder, output: output.stream, errors: errors.stream });
  return { status, output: output.text(), errors: errors.text() };
}

const file = (name: string) => join(folder, name);

async function facts(name: string) {
  return (await identifyModel(bytesSource(readFileSync(file(name))))).facts;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sightline-checkpoints-'));
  for (const name of ['yolo26n', 'yolov8n']) {
    writeFileSync(file(`${name}.pt`), await familyFile(name));
  }
  await sharp({ create: { width: 96, height: 64, channels: 3, background: '#727272' } })
    .png()
    .toFile(file('grey.png'));
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('sightline convert', () => {
  it('writes an ONNX file beside the checkpoint', async () => {
    const { status, output, errors } = await sightline('convert', 'yolov8n.pt');
    expect({ status, errors }).toEqual({ status: 0, errors: '' });
    expect(output).toMatch(/^\S+yolov8n\.onnx: Detect, \d+ classes, [\d.]+ MB, [\d.]+ s\n$/);
    expect((await facts('yolov8n.onnx')).opset).toBe(17);
  });

  it('takes the exporter’s options', async () => {
    const words = '--imgsz 64x96 --half --nms --conf 0.1 --max-det 7 --opset 18 --batch 2'.split(' ');
    expect(await sightline('convert', 'yolov8n.pt', 'small.onnx', ...words)).toMatchObject({ status: 0, errors: '' });
    const { opset, inputs, outputs, precision, metadata } = await facts('small.onnx');
    expect({ opset, precision, endToEnd: metadata?.endToEnd }).toEqual({
      opset: 18,
      precision: 'fp16',
      endToEnd: true,
    });
    expect(inputs[0].shape).toEqual([2, 3, 64, 96]);
    expect(outputs[0].shape).toEqual([2, 7, 6]);
  });

  it('chooses between the heads of a model that has two', async () => {
    await sightline('convert', 'yolo26n.pt', 'final.onnx', '--imgsz', '128');
    await sightline('convert', 'yolo26n.pt', 'plain.onnx', '--imgsz', '128', '--no-end2end');
    expect((await facts('final.onnx')).outputs[0].shape).toEqual([1, 300, 6]);
    expect((await facts('plain.onnx')).outputs[0].shape.at(-1)).toBe(336);
  });

  it('writes the weights alone as safetensors', async () => {
    expect((await sightline('convert', 'yolov8n.pt', 'weights.safetensors')).status).toBe(0);
    const bytes = readFileSync(file('weights.safetensors'));
    const header = JSON.parse(bytes.subarray(8, 8 + Number(bytes.readBigUInt64LE(0))).toString());
    expect(header['model.0.conv.weight']).toMatchObject({ dtype: 'F32', shape: [expect.any(Number), 3, 3, 3] });
  });

  it.each([
    [['yolov8n.pt', 'x.onnx', '--imgsz', 'large'], /--imgsz must be a whole number/],
    [['yolov8n.pt', 'x.onnx', '--imgsz', '1,2,3'], /--imgsz cannot be “1,2,3”/],
    [['yolov8n.pt', 'x.onnx', '--opset', '3'], /--opset must be a whole number from/],
    [['yolov8n.pt', 'x.onnx', '--conf', '0.5'], /--conf only means something with --nms/],
    [['yolov8n.pt', 'x.onnx', '--end2end', '--no-end2end'], /exclude each other/],
    [['yolov8n.pt', 'x.engine'], /“x\.engine” has an unknown ending/],
    [['yolov8n.pt', 'x.safetensors', '--half'], /--half: safetensors hold weights/],
    [['yolov8n.pt', 'nowhere/x.onnx'], /cannot be written \(ENOENT\)/],
    [['yolov8n.pt', './yolov8n.pt'], /The target is the model itself/],
    [['absent.pt'], /“absent\.pt” does not exist/],
    [['yolov8n.pt', 'x.onnx', 'format=onnx'], /Write --format onnx/],
  ])('refuses %j and writes nothing', async (words, reason) => {
    const { status, output, errors } = await sightline('convert', ...words);
    expect({ status, output }).toEqual({ status: 1, output: '' });
    expect(errors).toMatch(reason);
    expect(existsSync(file('x.onnx'))).toBe(false);
  });
});

describe('sightline predict with a checkpoint', () => {
  it('answers as the converted file does', async () => {
    await sightline('convert', 'yolov8n.pt', 'open.onnx', '--dynamic');
    const rest = ['--source', 'grey.png', '--conf', '0'];
    const checkpoint = await sightline('predict', '--model', 'yolov8n.pt', ...rest);
    const converted = await sightline('predict', '--model', 'open.onnx', ...rest);
    expect(checkpoint).toMatchObject({ status: 0, errors: '' });
    expect(JSON.parse(checkpoint.output).length).toBeGreaterThan(0);
    expect(checkpoint.output).toBe(converted.output);
  });
});

describe('sightline inspect', () => {
  it('tells what a checkpoint is', async () => {
    const { status, output } = await sightline('inspect', 'yolov8n.pt');
    expect(status).toBe(0);
    expect(output).toContain('a PyTorch checkpoint');
    expect(output).toMatch(/^Task +detect$/m);
    expect(output).toMatch(/expected +A layer of PyTorch: .*Conv2d/);
  });

  it('gives the same as JSON', async () => {
    const { output } = await sightline('inspect', 'yolov8n.pt', '--json');
    expect(JSON.parse(output)).toMatchObject({ kind: 'checkpoint', refusal: null, contents: { task: 'detect' } });
  });

  it('tells what an ONNX file is', async () => {
    await sightline('convert', 'yolov8n.pt', 'told.onnx');
    const { status, output } = await sightline('inspect', 'told.onnx');
    expect(status).toBe(0);
    expect(output).toMatch(/^Input +images float32 \[1, 3, \d+, \d+\]$/m);
  });

  it('names what a hostile file would run, runs none of it, and ends with 1', async () => {
    const mark = file('executed');
    const [{ bytes }] = executingPickles(commandThatCreates(mark));
    writeFileSync(file('evil.pt'), zipOf(bytes));
    const { status, output } = await sightline('inspect', 'evil.pt');
    expect(status).toBe(1);
    expect(output).toMatch(/^REFUSED: /m);
    expect(output).toMatch(/^ {2}dangerous /m);
    const run = await sightline('predict', '--model', 'evil.pt', '--source', 'grey.png');
    expect(run.status).toBe(1);
    expect(existsSync(mark)).toBe(false);
  });

  it('shows no control characters of a file to the terminal', async () => {
    const { model } = familyCheckpoint(familyNamed('yolov8n'));
    const entries = { license: 'free\u001b[2Jof charge', docs: '\u202Ereversed' };
    writeFileSync(file('spoilt.pt'), writeCheckpoint({ model: await describeModule(model), entries }));
    const { output } = await sightline('inspect', 'spoilt.pt');
    expect(output).toContain('free');
    expect(output).not.toContain('\u001b');
    expect(output).not.toContain('\u202e');
  });
});
