import { readFileSync } from 'node:fs';
import { afterAll, describe, it } from 'vitest';
import { convertCheckpoint } from '@/lib/engines/architecture/convert-checkpoint';
import type { ConvertOptions } from '@/lib/engines/architecture/convert-options';
import { bytesSource } from '@/lib/engines/model-files/byte-source';
import { openCheckpoint } from '@/lib/engines/model-files/checkpoint/open-checkpoint';
import { identifyModel } from '@/lib/engines/model-files/identify-model';
import {
  expectAlike,
  type OpenModel,
  predictRecorded,
  recordedImages,
  recordedTensor,
  recordOf,
  sameTensor,
  type Tolerance,
} from '@/lib/engines/vision/test-support/recorded-predictions';
import { hasReference, referencePath } from '@/lib/engines/vision/test-support/reference-files';
import { nodeSessionFactory } from '@/lib/platform/runtime/onnx-node-session';

type Conversion = { readonly file: string; readonly options: ConvertOptions };

const small = { imgsz: 320 };
const halves = { imgsz: 320, half: true };
const suppressed = { imgsz: 320, nms: { conf: 0.25, iou: 0.45, maxDetections: 300, agnostic: false } };

/** Recorded folder → the checkpoint whose conversion has to answer alike. The package answered from its own export, or from the checkpoint. */
const conversions: Readonly<Record<string, Conversion>> = {
  'yolov8n-coco-dq.onnx.640': { file: 'yolov8n-coco-dq.pt', options: { imgsz: 640 } },
  'yolov8n-coco-dq.pt.ptsquare.640': { file: 'yolov8n-coco-dq.pt', options: { imgsz: 640 } },
  'yolov8n-coco-dq.fp16.onnx.640': { file: 'yolov8n-coco-dq.pt', options: { imgsz: 640, half: true } },
  'yolo26n-random.static.onnx.640': { file: 'yolo26n-random.pt', options: { imgsz: 640 } },
  'yolo11n-shapes-det.static.onnx.320': { file: 'yolo11n-shapes-det.pt', options: small },
  'yolo11n-shapes-det.nms.onnx.320': { file: 'yolo11n-shapes-det.pt', options: suppressed },
  'yolov8n-shapes-cls.static.onnx.320': { file: 'yolov8n-shapes-cls.pt', options: small },
  'yolov8n-shapes-cls.pt.ptsquare.320': { file: 'yolov8n-shapes-cls.pt', options: small },
  'yolov8n-shapes-cls.fp16.onnx.320': { file: 'yolov8n-shapes-cls.pt', options: halves },
  'yolov8n-shapes-obb.static.onnx.320': { file: 'yolov8n-shapes-obb.pt', options: small },
  'yolov8n-shapes-obb.pt.ptsquare.320': { file: 'yolov8n-shapes-obb.pt', options: small },
  'yolov8n-shapes-obb.fp16.onnx.320': { file: 'yolov8n-shapes-obb.pt', options: halves },
  'yolov8n-shapes-pose.static.onnx.320': { file: 'yolov8n-shapes-pose.pt', options: small },
  'yolov8n-shapes-pose.pt.ptsquare.320': { file: 'yolov8n-shapes-pose.pt', options: small },
  'yolov8n-shapes-pose.fp16.onnx.320': { file: 'yolov8n-shapes-pose.pt', options: halves },
  'yolov8n-shapes-seg.static.onnx.320': { file: 'yolov8n-shapes-seg.pt', options: small },
  'yolov8n-shapes-seg.static.onnx.retina.320': { file: 'yolov8n-shapes-seg.pt', options: small },
  'yolov8n-shapes-seg.pt.ptsquare.320': { file: 'yolov8n-shapes-seg.pt', options: small },
  'yolov8n-shapes-seg.fp16.onnx.320': { file: 'yolov8n-shapes-seg.pt', options: halves },
};

/** The package's own halves hold coordinates too, in steps of up to 0.5 px; ours are decoded in single precision. */
const inHalves: Tolerance = { pixels: 0.5, score: 5e-4, maskIou: 0.99 };

const opened = new Map<string, Promise<OpenModel>>();

afterAll(async () => {
  for (const model of opened.values()) await (await model).session.dispose();
});

describe.skipIf(!hasReference)('predictions of converted checkpoints', () => {
  describe.each(Object.entries(conversions))('%s', (folder, conversion) => {
    it.each(recordedImages(folder))('answers the recorded tensor of %s alike', async (name) => {
      const model = await openConverted(conversion);
      const reference = recordOf(folder, name);
      const prediction = await predictRecorded(model, reference, await recordedTensor(reference));
      const tolerance = conversion.options.half ? inHalves : sameTensor;
      await expectAlike(model, prediction, reference, folder, tolerance);
    });
  });

  it.each([
    'yolov8n-shapes-seg.static.onnx.320',
    'yolov8n-shapes-pose.static.onnx.320',
    'yolov8n-shapes-obb.static.onnx.320',
  ])('%s is answered alike with suppression embedded', async (folder) => {
    const model = await openConverted({ file: conversions[folder].file, options: suppressed });
    for (const name of recordedImages(folder)) {
      const reference = recordOf(folder, name);
      const prediction = await predictRecorded(model, reference, await recordedTensor(reference));
      await expectAlike(model, prediction, reference, folder, sameTensor);
    }
  });
});

/** Each conversion is made and opened once. */
function openConverted(conversion: Conversion): Promise<OpenModel> {
  const key = JSON.stringify(conversion);
  const known = opened.get(key);
  if (known) return known;
  const opening = convertAndOpen(conversion);
  opened.set(key, opening);
  return opening;
}

async function convertAndOpen({ file, options }: Conversion): Promise<OpenModel> {
  const checkpoint = await openCheckpoint(bytesSource(readFileSync(referencePath(`models/${file}`))));
  const { bytes } = await convertCheckpoint(checkpoint, options);
  const { facts, readings } = await identifyModel(bytesSource(bytes));
  return { spec: readings[0].spec, session: await nodeSessionFactory({ threads: 2 })(bytes, facts) };
}
