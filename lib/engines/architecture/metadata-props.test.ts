import { describe, expect, it } from 'vitest';
import { convertCheckpoint } from '@/lib/engines/architecture/convert-checkpoint';
import type { ConvertOptions } from '@/lib/engines/architecture/convert-options';
import { calibratedFamily } from '@/lib/engines/architecture/test-support/calibrated-family';
import { families, familyNamed } from '@/lib/engines/architecture/test-support/module-trees/families';
import { bytesSource } from '@/lib/engines/model-files/byte-source';
import type { Checkpoint, CheckpointValue } from '@/lib/engines/model-files/checkpoint/checkpoint';
import { identifyModel } from '@/lib/engines/model-files/identify-model';
import { parsePythonLiteral } from '@/lib/engines/model-files/python-literal';

const nms = { conf: 0.25, iou: 0.45, maxDetections: 300, agnostic: false };

describe('metadata of a converted checkpoint', () => {
  it('is what the exporter would write, but for who wrote it', async () => {
    expect(await metadataOf('yolov8n-pose', { imgsz: [64, 96], batch: 2 })).toEqual({
      description: 'model, converted from a checkpoint',
      author: 'Sightline',
      date: '2026-01-02T03:04:05.000006',
      version: '8.4.117',
      license: 'AGPL-3.0 License (https://ultralytics.com/license)',
      docs: 'https://docs.ultralytics.com',
      stride: '32',
      task: 'pose',
      head: 'Pose',
      batch: '2',
      imgsz: '[64, 96]',
      names: "{0: 'class 0', 1: 'class 1', 2: 'class 2'}",
      args: "{'batch': 2, 'quantize': None, 'dynamic': False, 'simplify': False, 'opset': 17, 'nms': False}",
      channels: '3',
      end2end: 'False',
      kpt_shape: '[5, 3]',
    });
  });

  it.each([
    ['yolov8n', { nms }, 'False', true],
    ['yolo26n', {}, 'True', false],
    ['yolo26n', { nms }, 'True', false],
    ['yolo26n', { endToEnd: false }, 'False', false],
    ['yolo26n', { endToEnd: false, nms }, 'False', true],
  ] satisfies [string, ConvertOptions, string, boolean][])(
    'of %s with %j says end2end %s and nms %j',
    async (name, options, end2end, isSuppressed) => {
      const metadata = await metadataOf(name, { imgsz: 64, ...options });
      expect(metadata.end2end).toBe(end2end);
      const args = parsePythonLiteral(metadata.args);
      expect(args instanceof Map && args.get('nms')).toBe(isSuppressed);
    },
  );

  it('names the architecture and the data, and keeps the rest of their paths to itself', async () => {
    const checkpoint = saying(
      { yaml: new Map([['yaml_file', '/home/someone/yolo11n-seg.yaml']]) },
      { train_args: new Map([['data', 'C:\\Users\\someone\\birds.yaml']]) },
    );
    const { metadata } = await convertCheckpoint(checkpoint, { imgsz: 64 });
    expect(metadata.description).toBe('YOLO11n-seg model trained on birds.yaml, converted from a checkpoint');
  });

  it('leaves out what the checkpoint does not say', async () => {
    const checkpoint = { ...saying({}, {}), entries: new Map() };
    const { metadata } = await convertCheckpoint(checkpoint, { imgsz: 64 });
    for (const key of ['date', 'version', 'license', 'docs']) expect(metadata).not.toHaveProperty(key);
  });

  it('writes any name so that Python and we read it back', async () => {
    const names = ["driver's seat", 'a "quoted" one', '猫 😀 \\ \n'];
    const checkpoint = saying({ names: new Map(names.map((name, index) => [index, name])) }, {});
    const { bytes, metadata } = await convertCheckpoint(checkpoint, { imgsz: 64 });
    expect(metadata.names).toBe("{0: \"driver's seat\", 1: 'a \"quoted\" one', 2: '猫 😀 \\\\ \\n'}");
    const { readings } = await identifyModel(bytesSource(bytes));
    expect([...(readings[0]?.spec.names.values() ?? [])]).toEqual(names);
  });

  it.each(families)('of $name lets our own reader know what the file is', async (family) => {
    for (const options of [{}, { dynamic: true }, { half: true }]) {
      const { bytes } = await convertCheckpoint(calibratedFamily(family), { imgsz: 64, ...options });
      const { facts, readings } = await identifyModel(bytesSource(bytes));
      expect(readings.map(({ spec }) => spec.head.task)).toEqual([family.task]);
      expect(facts.inputs[0]?.name).toBe('images');
      expect(facts.outputs.map(({ name }) => name)).toEqual(
        family.task === 'segment' ? ['output0', 'output1'] : ['output0'],
      );
    }
  });
});

async function metadataOf(name: string, options: ConvertOptions): Promise<Readonly<Record<string, string>>> {
  return (await convertCheckpoint(calibratedFamily(familyNamed(name)), options)).metadata;
}

/** A small detector that says other things about itself. */
function saying(
  attributes: Readonly<Record<string, CheckpointValue>>,
  entries: Readonly<Record<string, CheckpointValue>>,
): Checkpoint {
  const checkpoint = calibratedFamily(familyNamed('yolov8n'));
  return {
    ...checkpoint,
    model: {
      ...checkpoint.model,
      attributes: new Map([...checkpoint.model.attributes, ...Object.entries(attributes)]),
    },
    entries: new Map([...checkpoint.entries, ...Object.entries(entries)]),
  };
}
