import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Fault } from '@/lib/core/fault';
import { type ByteSource, blobSource, bytesSource } from '@/lib/engines/model-files/byte-source';
import type { ModelFacts } from '@/lib/engines/model-files/model-facts';
import { float32Tensor, int64Tensor, type OnnxGraph, writeOnnx } from '@/lib/engines/model-files/onnx-writer';
import { readOnnxFacts } from '@/lib/engines/model-files/read-onnx-facts';
import { tinyBrokenModel } from '@/lib/engines/model-files/test-support/tiny-broken-models';
import { tinyModel } from '@/lib/engines/model-files/test-support/tiny-models';

const factsOf = (bytes: Uint8Array) => readOnnxFacts(bytesSource(bytes));

async function faultOf(bytes: Uint8Array | readonly number[] | string): Promise<Fault> {
  const data = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : Uint8Array.from(bytes);
  const outcome = await factsOf(data).catch((error: unknown) => error);
  if (outcome instanceof Fault) return outcome;
  throw new Error(`expected a fault, got ${String(outcome)}`);
}

const emptyGraph: OnnxGraph = { name: 'g', nodes: [], initializers: [], inputs: [], outputs: [] };

const producer = { name: 'test', version: '2' };

describe('readOnnxFacts', () => {
  it('reads interface, operators, weights and metadata of a file', async () => {
    const facts = await factsOf(tinyModel({ task: 'pose', height: 64, width: 96 }));
    expect(facts).toMatchObject({
      irVersion: 8,
      opset: 17,
      producer: 'sightline-tiny 1',
      precision: 'fp32',
      inputs: [{ name: 'images', elementType: 'float32', shape: [1, 3, 64, 96] }],
      outputs: [{ name: 'output0', elementType: 'float32', shape: [1, 20, 126] }],
    });
    expect(facts.operators).toContain('AveragePool');
    expect(facts.metadata).toMatchObject({
      task: 'pose',
      stride: 32,
      imgsz: { height: 64, width: 96 },
      batch: 1,
      endToEnd: false,
      kptShape: { count: 5, dims: 3 },
      kptNames: ['top_left', 'top_right', 'bottom_right', 'bottom_left', 'centre'],
    });
    expect([...(facts.metadata?.names ?? [])]).toEqual([[0, 'red']]);
    expect(facts.rawMetadata.kpt_shape).toBe('[5, 3]');
  });

  it('keeps symbolic lengths as names and fp16 edges as float16', async () => {
    const { inputs } = await factsOf(tinyModel({ dynamic: true, elementType: 'float16' }));
    expect(inputs).toEqual([{ name: 'images', elementType: 'float16', shape: ['batch', 3, 'height', 'width'] }]);
  });

  it('leaves out inputs that are initializers, as old files list them', async () => {
    const weight = float32Tensor('w', [2], [1, 2]);
    const tensor = { elementType: 'float32', shape: [2] } as const;
    const facts = await factsOf(
      writeOnnx({
        irVersion: 3,
        opsets: { '': 8 },
        producer,
        graph: {
          ...emptyGraph,
          initializers: [weight],
          inputs: [
            { name: 'x', ...tensor },
            { name: 'w', ...tensor },
          ],
        },
      }),
    );
    expect(facts.inputs.map(({ name }) => name)).toEqual(['x']);
  });

  it('finds operators and weights in subgraphs, and names other domains', async () => {
    const branch: OnnxGraph = {
      ...emptyGraph,
      nodes: [{ opType: 'Gelu', domain: 'com.microsoft', inputs: ['x'], outputs: ['y'] }],
      initializers: [float32Tensor('inner', [5], [0, 0, 0, 0, 0]), int64Tensor('shape', [2], [1, 2])],
    };
    const facts = await factsOf(
      writeOnnx({
        irVersion: 8,
        opsets: { '': 17, 'com.microsoft': 1 },
        producer,
        graph: {
          ...emptyGraph,
          nodes: [
            {
              opType: 'If',
              inputs: ['c'],
              outputs: ['y'],
              attributes: { then_branch: { kind: 'graph', value: branch } },
            },
          ],
        },
      }),
    );
    expect(facts.operators).toEqual(['If', 'com.microsoft.Gelu']);
    expect(facts.parameterCount).toBe(5);
  });

  it('treats embedded NMS as end-to-end although end2end says False', async () => {
    const metadata = { task: 'detect', end2end: 'False', args: "{'batch': 1, 'nms': True}" };
    const facts = await factsOf(writeOnnx({ irVersion: 8, opsets: { '': 17 }, producer, graph: emptyGraph, metadata }));
    expect(facts.metadata?.endToEnd).toBe(true);
  });

  it('takes damaged metadata entries for absent, one by one', async () => {
    const metadata = { task: 'paint', stride: '-3', names: "{0: 'a'", imgsz: '[640]', kpt_shape: '[17, 4]' };
    const facts = await factsOf(writeOnnx({ irVersion: 8, opsets: { '': 17 }, producer, graph: emptyGraph, metadata }));
    expect(facts.metadata).toEqual({ endToEnd: false, imgsz: { height: 640, width: 640 } });
    const foreign = writeOnnx({ irVersion: 8, opsets: { '': 17 }, producer, graph: emptyGraph, metadata: { a: 'b' } });
    expect((await factsOf(foreign)).metadata).toBeNull();
  });

  it.each<[string, string, Uint8Array | readonly number[] | string]>([
    ['an empty file', 'empty (0 bytes)', []],
    ['a JPEG', 'a JPEG image', [0xff, 0xd8, 0xff, 0xe0, 0, 16]],
    ['a PNG', 'a PNG image', [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]],
    ['a PyTorch checkpoint', 'a PyTorch checkpoint (a zip)', 'PK\x03\x04\x00\x00archive/data.pkl'],
    ['an ordinary zip', 'a zip archive', 'PK\x03\x04\x00\x00photos/one.jpg'],
    ['a web page', 'an HTML page', '\n<!DOCTYPE html><html></html>'],
    ['an OpenVINO graph', 'OpenVINO', '<?xml version="1.0"?>\n<net name="x">'],
    ['JSON', 'a JSON file', '{"error": "not found"}'],
    ['text', 'a text file', 'hello there'],
    ['a Git LFS pointer', 'Git LFS pointer', 'version https://git-lfs.github.com/spec/v1\noid sha256:0\n'],
    ['a TensorFlow Lite model', 'TensorFlow Lite', '\x1c\0\0\0TFL3\0\0'],
    ['safetensors', 'safetensors', '\x40\0\0\0\0\0\0\0{"weight":{}}'],
    ['unknown bytes', 'not one', [0x91, 0x02, 0x17, 0x88, 0x00, 0xf3]],
    ['a protobuf of another format', 'not one', [0x08, 0x01, 0x12, 0xd0, 0x0f, ...new Uint8Array(2_000)]],
  ])('says what it sees in %s', async (_what, words, bytes) => {
    const fault = await faultOf(bytes);
    expect(fault.code).toBe('model-not-onnx');
    expect(fault.found).toContain(words);
    expect(fault.remedy).not.toBe('');
  });

  it('refuses a truncated model wherever it was cut', async () => {
    const whole = tinyModel();
    for (const kept of [0.01, 0.2, 0.5, 0.75, 0.95]) {
      const fault = await faultOf(whole.slice(0, Math.floor(whole.byteLength * kept)));
      expect([fault.code, kept]).toEqual(['model-truncated', kept]);
    }
    const withoutTail = writeOnnx({ irVersion: 8, opsets: {}, producer, graph: emptyGraph });
    expect((await faultOf(withoutTail)).found).toContain('before it names its operator set');
  });

  it('refuses external data and names the file', async () => {
    const fault = await faultOf(tinyBrokenModel('external-data'));
    expect(fault.code).toBe('model-external-data');
    expect(fault.found).toContain('“weights.bin”');
  });

  it('refuses more than two gibibytes without reading them', async () => {
    const head = tinyModel();
    let bytesRead = 0;
    const source: ByteSource = {
      sizeBytes: 3_000_000_000,
      async read(offset, length) {
        bytesRead += length;
        return head.slice(offset, offset + length);
      },
    };
    await expect(readOnnxFacts(source)).rejects.toMatchObject({ code: 'model-too-large' });
    expect(bytesRead).toBeLessThan(10_000);
  });

  it('reads the same from a Blob', async () => {
    const bytes = tinyModel();
    expect(await readOnnxFacts(blobSource(new Blob([bytes.slice()])))).toEqual(await factsOf(bytes));
  });
});

const fixtures = new URL('../../../../shared/fixtures/models/', import.meta.url);

const references: readonly (readonly [file: string, expected: object, classes: number, parameters: number])[] = [
  ['yolov8n-coco-dq.fp16.onnx', { task: 'detect', imgsz: square(640), stride: 32, endToEnd: false }, 80, 3_193_909],
  ['yolov8n-shapes-seg.fp16.onnx', { task: 'segment', imgsz: square(320), stride: 32, endToEnd: false }, 3, 3_269_154],
  [
    'yolov8n-shapes-pose.fp16.onnx',
    { task: 'pose', imgsz: square(320), stride: 32, kptShape: { count: 5, dims: 3 }, endToEnd: false },
    1,
    3_094_933,
  ],
  ['yolov8n-shapes-obb.fp16.onnx', { task: 'obb', imgsz: square(320), stride: 32, endToEnd: false }, 2, 3_083_916],
  ['yolov8n-shapes-cls.fp16.onnx', { task: 'classify', imgsz: square(320), stride: 1, endToEnd: false }, 4, 1_440_004],
  ['yolo26n-random.fp16.onnx', { task: 'detect', imgsz: square(640), stride: 32, endToEnd: true }, 80, 2_450_777],
  ['yolo11n-shapes-det.nms.onnx', { task: 'detect', imgsz: square(320), stride: 32, endToEnd: true }, 3, 2_595_046],
  ['yolov8n_int8.onnx', { task: 'detect', imgsz: square(640), stride: 32, endToEnd: false }, 80, 3_194_037],
];

function square(side: number) {
  return { height: side, width: side };
}

describe.skipIf(!existsSync(fixtures))('readOnnxFacts on exported models', () => {
  it.each(references)('reads %s through a few windows of bytes', async (file, expected, classes, parameters) => {
    const inner = bytesSource(new Uint8Array(readFileSync(new URL(file, fixtures))));
    let bytesRead = 0;
    const facts: ModelFacts = await readOnnxFacts({
      sizeBytes: inner.sizeBytes,
      read(offset, length) {
        bytesRead += length;
        return inner.read(offset, length);
      },
    });
    expect(facts.metadata).toMatchObject(expected);
    expect(facts.metadata?.names?.size).toBe(classes);
    expect(facts.parameterCount).toBe(parameters);
    expect(facts.precision).toBe(file.includes('int8') ? 'int8' : file.includes('fp16') ? 'fp16' : 'fp32');
    expect(bytesRead).toBeLessThan(400_000);
  });

  it.each([
    ['refused/not-a-zip.pt', 'a JPEG image'],
    ['refused/empty.pt', 'empty'],
    ['refused/truncated.pt', 'a PyTorch checkpoint'],
    ['yolov8n-shapes-det.pt', 'a PyTorch checkpoint'],
  ])('refuses %s with a clear word', async (file, words) => {
    const fault = await faultOf(new Uint8Array(readFileSync(new URL(file, fixtures))));
    expect(fault.code).toBe('model-not-onnx');
    expect(fault.found).toContain(words);
  });
});
