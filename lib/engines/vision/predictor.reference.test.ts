import { readFileSync } from 'node:fs';
import { afterAll, describe, it } from 'vitest';
import { bytesSource } from '@/lib/engines/model-files/byte-source';
import { identifyModel } from '@/lib/engines/model-files/identify-model';
import {
  expectAlike,
  type OpenModel,
  predictRecorded,
  recordedImages,
  recordedTensor,
  recordOf,
  sameImage,
  sameTensor,
  sameTensorInHalves,
} from '@/lib/engines/vision/test-support/recorded-predictions';
import { hasReference, referencePath } from '@/lib/engines/vision/test-support/reference-files';
import { nodeSessionFactory } from '@/lib/platform/runtime/onnx-node-session';

/** Recorded folder → the file that answered it. */
const sameFile: Readonly<Record<string, string>> = {
  'yolo11n-shapes-det.nms.onnx.320': 'yolo11n-shapes-det.nms.onnx',
  'yolov8n-coco-dq.fp16.onnx.640': 'yolov8n-coco-dq.fp16.onnx',
  'yolov8n-shapes-cls.fp16.onnx.320': 'yolov8n-shapes-cls.fp16.onnx',
  'yolov8n-shapes-obb.fp16.onnx.320': 'yolov8n-shapes-obb.fp16.onnx',
  'yolov8n-shapes-pose.fp16.onnx.320': 'yolov8n-shapes-pose.fp16.onnx',
  'yolov8n-shapes-seg.fp16.onnx.320': 'yolov8n-shapes-seg.fp16.onnx',
  'yolov8n_int8.onnx.640': 'yolov8n_int8.onnx',
};

/** Folders of single-precision exports that are not among the models → the sibling with the same weights in half precision. */
const siblings: Readonly<Record<string, string>> = {
  'yolo11n-shapes-det.static.onnx.320': 'yolo11n-shapes-det.nms.onnx',
  'yolo26n-random.static.onnx.640': 'yolo26n-random.fp16.onnx',
  'yolov8n-coco-dq.onnx.640': 'yolov8n-coco-dq.fp16.onnx',
  'yolov8n-coco-dq.pt.ptsquare.640': 'yolov8n-coco-dq.fp16.onnx',
  'yolov8n-shapes-cls.static.onnx.320': 'yolov8n-shapes-cls.fp16.onnx',
  'yolov8n-shapes-cls.pt.ptsquare.320': 'yolov8n-shapes-cls.fp16.onnx',
  'yolov8n-shapes-obb.static.onnx.320': 'yolov8n-shapes-obb.fp16.onnx',
  'yolov8n-shapes-obb.pt.ptsquare.320': 'yolov8n-shapes-obb.fp16.onnx',
  'yolov8n-shapes-pose.static.onnx.320': 'yolov8n-shapes-pose.fp16.onnx',
  'yolov8n-shapes-pose.pt.ptsquare.320': 'yolov8n-shapes-pose.fp16.onnx',
  'yolov8n-shapes-seg.static.onnx.320': 'yolov8n-shapes-seg.fp16.onnx',
  'yolov8n-shapes-seg.static.onnx.retina.320': 'yolov8n-shapes-seg.fp16.onnx',
  'yolov8n-shapes-seg.pt.ptsquare.320': 'yolov8n-shapes-seg.fp16.onnx',
};

const opened = new Map<string, Promise<OpenModel>>();

afterAll(async () => {
  for (const model of opened.values()) await (await model).session.dispose();
});

describe.skipIf(!hasReference)('predictions of the recorded models', () => {
  describe.each(Object.entries(sameFile))('%s', (folder, file) => {
    it.each(recordedImages(folder))('answers the recorded tensor of %s alike', async (name) => {
      const model = await openModel(file);
      const reference = recordOf(folder, name);
      const prediction = await predictRecorded(model, reference, await recordedTensor(reference));
      await expectAlike(
        model,
        prediction,
        reference,
        folder,
        file.includes('.fp16.') ? sameTensorInHalves : sameTensor,
      );
    });

    it.each(recordedImages(folder))('answers the image file of %s alike', async (name) => {
      const model = await openModel(file);
      const reference = recordOf(folder, name);
      await expectAlike(model, await predictRecorded(model, reference, null), reference, folder, sameImage);
    });
  });

  describe.each(Object.entries(siblings))('%s through its sibling %s', (folder, file) => {
    it.each(recordedImages(folder))('answers %s within half precision', async (name) => {
      const model = await openModel(file);
      const reference = recordOf(folder, name);
      const prediction = await predictRecorded(model, reference, await recordedTensor(reference));
      await expectAlike(model, prediction, reference, folder, sameImage);
    });
  });
});

function openModel(file: string): Promise<OpenModel> {
  const known = opened.get(file);
  if (known) return known;
  const opening = (async () => {
    const model = new Uint8Array(readFileSync(referencePath(`models/${file}`)));
    const { facts, readings } = await identifyModel(bytesSource(model));
    return { spec: readings[0].spec, session: await nodeSessionFactory({ threads: 2 })(model, facts) };
  })();
  opened.set(file, opening);
  return opening;
}
