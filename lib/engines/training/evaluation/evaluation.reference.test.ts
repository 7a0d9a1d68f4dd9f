import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { assert } from '@/lib/core/assert';
import { convertCheckpoint } from '@/lib/engines/architecture/convert-checkpoint';
import { bytesSource } from '@/lib/engines/model-files/byte-source';
import { openCheckpoint } from '@/lib/engines/model-files/checkpoint/open-checkpoint';
import { identifyModel } from '@/lib/engines/model-files/identify-model';
import type { ModelSpec } from '@/lib/engines/model-files/model-facts';
import type { FileTree } from '@/lib/engines/training/dataset/file-tree';
import type { ObjectTask } from '@/lib/engines/training/dataset/object-label';
import { readClassFolders } from '@/lib/engines/training/dataset/read-class-folders';
import { readObjectDataset } from '@/lib/engines/training/dataset/read-object-dataset';
import { diskTree } from '@/lib/engines/training/dataset/test-support/disk-tree';
import type { DetectionMetrics } from '@/lib/engines/training/evaluation/detection-metrics';
import { createEvaluation, type EvaluationResult } from '@/lib/engines/training/evaluation/evaluation';
import { isObjectHead } from '@/lib/engines/training/evaluation/predicted-instances';
import { type ClassifiedImage, topAccuracy } from '@/lib/engines/training/evaluation/top-accuracy';
import { createPredictor, type Prediction, type Predictor } from '@/lib/engines/vision/predictor';
import { hasReference, referenceJson, referencePath } from '@/lib/engines/vision/test-support/reference-files';
import { defaultThresholds } from '@/lib/engines/vision/vision-result';
import { decodeImageFile } from '@/lib/platform/images/sharp-decoder';
import { nodeSessionFactory } from '@/lib/platform/runtime/onnx-node-session';

/** What the package's own validation answered; lists per class. */
type RecordedMetrics = { readonly p: number[]; readonly r: number[]; readonly all_ap: number[][] };
type RecordedValidation = Readonly<
  Record<
    string,
    {
      readonly box?: RecordedMetrics;
      readonly seg?: RecordedMetrics;
      readonly pose?: RecordedMetrics;
      readonly results_dict: Readonly<Record<string, number>>;
    }
  >
>;

type OpenModel = { readonly spec: ModelSpec; readonly predictor: Predictor };

describe.skipIf(!hasReference)('evaluation against the validation of the reference package', () => {
  const recorded = hasReference ? referenceJson<RecordedValidation>('reference/validation.json') : {};

  it.each([
    ['det', 'detect'],
    ['seg', 'segment'],
    ['pose', 'pose'],
    ['obb', 'obb'],
  ] as const)('agrees for yolov8n-shapes-%s', async (suffix, task) => {
    const { box, seg, pose, results_dict } = recorded[`yolov8n-shapes-${suffix}.pt`];
    const found = await evaluate(suffix, task);
    expectAgreement(found.boxes, box);
    expectAgreement(found.masks, seg);
    expectAgreement(found.keypoints, pose);
    expect(found.boxes.mean.map50).toBeCloseTo(results_dict['metrics/mAP50(B)'], 3);
    expect(found.boxes.mean.map50To95).toBeCloseTo(results_dict['metrics/mAP50-95(B)'], 2);
  });

  it('agrees for yolov8n-shapes-cls', async () => {
    const { results_dict } = recorded['yolov8n-shapes-cls.pt'];
    const { top1, top5 } = topAccuracy(await classified('cls'));
    expect([top1, top5]).toEqual([results_dict['metrics/accuracy_top1'], results_dict['metrics/accuracy_top5']]);
  });
});

/** Largest difference that the contract allows. */
const tolerance = 0.005;

function expectAgreement(found: DetectionMetrics | null, recorded: RecordedMetrics | undefined): void {
  const figures = found?.classes.map(({ precision, recall, averagePrecisions }) => [
    precision,
    recall,
    ...averagePrecisions,
  ]);
  const expected = recorded?.p.map((precision, k) => [precision, recorded.r[k], ...recorded.all_ap[k]]);
  expect(figures?.length).toBe(expected?.length);
  const differences = figures?.flatMap((row, k) => row.map((value, i) => Math.abs(value - (expected?.[k][i] ?? 0))));
  expect(Math.max(0, ...(differences ?? [])), `${figures}`).toBeLessThanOrEqual(tolerance);
}

async function evaluate(suffix: string, task: ObjectTask): Promise<EvaluationResult> {
  const { spec, predictor } = await openModel(`yolov8n-shapes-${suffix}.pt`);
  assert(isObjectHead(spec.head), 'a head of objects');
  const { names, splits, problems } = await readObjectDataset(datasets(), `/shapes-${suffix}.yaml`, {
    task,
    splits: ['val'],
  });
  expect([names, problems]).toEqual([spec.names, []]);
  const evaluation = createEvaluation({ head: spec.head, classCount: names.length });
  for (const { path, labels } of splits.get('val') ?? []) {
    const { output } = await predicted(predictor, path);
    evaluation.add(labels, output);
  }
  await predictor.dispose();
  return evaluation.result();
}

async function classified(suffix: string): Promise<ClassifiedImage[]> {
  const { spec, predictor } = await openModel(`yolov8n-shapes-${suffix}.pt`);
  const { names, splits } = await readClassFolders(datasets(), `/shapes-${suffix}`, { splits: ['val'] });
  expect(names).toEqual(spec.names);
  const images: ClassifiedImage[] = [];
  for (const { path, classId: labelled } of splits.get('val') ?? []) {
    const { result } = await predicted(predictor, path);
    assert(result.task === 'classify', 'a classifier');
    images.push({ probabilities: result.probabilities, labelled });
  }
  await predictor.dispose();
  return images;
}

function datasets(): FileTree {
  return diskTree(referencePath('datasets'));
}

/** The thresholds only keep the predictor from interpreting what the evaluation interprets itself. */
async function predicted(predictor: Predictor, path: string): Promise<Prediction> {
  const image = await decodeImageFile(new Uint8Array(readFileSync(referencePath(`datasets${path}`))));
  const thresholds = { ...defaultThresholds, conf: 1 };
  const [prediction] = await predictor.predict([image], { imgsz: null, thresholds });
  return prediction;
}

async function openModel(file: string): Promise<OpenModel> {
  const checkpoint = await openCheckpoint(bytesSource(readFileSync(referencePath(`models/${file}`))));
  const { bytes } = await convertCheckpoint(checkpoint, { imgsz: 320 });
  const { facts, readings } = await identifyModel(bytesSource(bytes));
  const { spec } = readings[0];
  return { spec, predictor: createPredictor(await nodeSessionFactory({ threads: 2 })(bytes, facts), spec) };
}
