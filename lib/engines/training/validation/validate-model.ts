import { assert } from '@/lib/core/assert';
import { Fault } from '@/lib/core/fault';
import { toFloat16 } from '@/lib/engines/model-files/float16';
import type { ModelSpec } from '@/lib/engines/model-files/model-facts';
import type { ValidationBatch, ValidationImages } from '@/lib/engines/training/batch/validation-batches';
import { classConfusion } from '@/lib/engines/training/evaluation/confusion-matrix';
import { createEvaluation, type EvaluatedImage } from '@/lib/engines/training/evaluation/evaluation';
import { isObjectHead } from '@/lib/engines/training/evaluation/predicted-instances';
import { type ClassifiedImage, topAccuracy } from '@/lib/engines/training/evaluation/top-accuracy';
import { batchOutputs } from '@/lib/engines/training/validation/batch-outputs';
import type { ClassScores, ModelScores, ObjectScores } from '@/lib/engines/training/validation/model-scores';
import type { ValidationSet } from '@/lib/engines/training/validation/validation-set';
import type { HeadOutput } from '@/lib/engines/vision/head-output';
import { floatData } from '@/lib/engines/vision/head-table';
import type { HostTensor, VisionSession } from '@/lib/engines/vision/session';

export type ValidationRun = ValidationSet & {
  readonly session: VisionSession;
  readonly spec: ModelSpec;
  /** The set's images, in batches of the model's own. */
  readonly images: ValidationImages;
  /** Images in a run of the model, and their side in pixels. */
  readonly batch: number;
  readonly imgsz: number;
  readonly signal?: AbortSignal;
  /** Is handed each batch once it is compared, and waited for. */
  readonly onBatch?: (batch: ValidationBatch) => Promise<void>;
  /** Hears what was found in each image, with its planes [3, imgsz, imgsz] as long as the call lasts. */
  readonly onImage?: (image: ComparedImage, planes: Float32Array) => void;
};

/**
 * Runs a model on all images of a set and compares its answers with the labels, as the Ultralytics package validates: confidence
 * from 0.001, suppression at IoU 0.7, 300 detections an image. Rejects with a `Fault` (`input-invalid`) when the model's task is
 * not the set's, or when no image can be read, with those of the session, and with the signal's reason.
 */
export async function validateModel(run: ValidationRun): Promise<ModelScores> {
  checkTask(run);
  const scorer = createScorer(run);
  const milliseconds = { inference: 0, comparison: 0 };
  let done = 0;
  for await (const batch of run.images.batches(run.signal)) {
    const started = performance.now();
    const answers = await run.session.run({ [run.spec.input.name]: inputTensor(run, batch) });
    const answered = performance.now();
    for (const [slot, { index, output }] of batchOutputs(run.spec, answers, batch, run.batch).entries()) {
      const compared = scorer.add(index, output);
      run.onImage?.(compared, planesOf(run, batch, slot));
    }
    milliseconds.inference += answered - started;
    milliseconds.comparison += performance.now() - answered;
    done += batch.items.length;
    await run.onBatch?.(batch);
  }
  if (done === 0) throw unreadable(run);
  return { ...scorer.scores(), images: done, milliseconds };
}

/** What was labelled in an image, and what the model said of it, in pixels of its input. */
export type ComparedImage =
  | ({ readonly kind: 'objects' } & EvaluatedImage)
  | { readonly kind: 'class'; readonly labelled: number; readonly predicted: number; readonly score: number };

type Scorer = {
  /** The answer for the image at a position of the set. */
  add(index: number, output: HeadOutput): ComparedImage;
  scores(): ObjectScores | ClassScores;
};

function createScorer({ set, names, sigmas, spec: { head } }: ValidationRun): Scorer {
  if (set.task === 'classify') return classScorer(set.images, names.length);
  assert(isObjectHead(head), 'a head of objects');
  const evaluation = createEvaluation({ head, classCount: names.length, sigmas });
  return {
    add: (index, output) => ({ kind: 'objects', ...evaluation.add(set.images[index].labels, output) }),
    scores: () => ({ task: set.task, ...evaluation.result() }),
  };
}

function classScorer(images: readonly { readonly classId: number }[], classCount: number): Scorer {
  const classified: ClassifiedImage[] = [];
  return {
    add: (index, { main }) => {
      // Classes that only the model knows are not among the answers that count.
      const probabilities = floatData(main).slice(0, classCount);
      const labelled = images[index].classId;
      classified.push({ probabilities, labelled });
      const predicted = likeliest(probabilities);
      return { kind: 'class', labelled, predicted, score: probabilities[predicted] };
    },
    scores: () => ({
      task: 'classify',
      accuracy: topAccuracy(classified),
      confusion: classConfusion(
        classified.map(({ probabilities, labelled }) => ({ predicted: likeliest(probabilities), labelled })),
        classCount,
      ),
    }),
  };
}

function planesOf({ imgsz }: ValidationRun, { images }: ValidationBatch, slot: number): Float32Array {
  const length = 3 * imgsz * imgsz;
  return images.subarray(slot * length, (slot + 1) * length);
}

function likeliest(probabilities: Float32Array): number {
  let best = 0;
  for (let k = 1; k < probabilities.length; k++) if (probabilities[k] > probabilities[best]) best = k;
  return best;
}

function inputTensor({ spec, batch, imgsz }: ValidationRun, { images }: ValidationBatch): HostTensor {
  const dims = [batch, 3, imgsz, imgsz];
  if (spec.input.elementType === 'float16') return { type: 'float16', data: toFloat16(images), dims };
  return { type: 'float32', data: images, dims };
}

function unreadable({ set }: ValidationRun): Fault {
  return new Fault({
    code: 'input-invalid',
    found: `Images were expected to measure the model on, and none of ${set.images.length} can be read.`,
    remedy: 'Check the image files of this split.',
  });
}

function checkTask({ set, names, spec: { task, head } }: ValidationRun): void {
  const fits = task === set.task && (set.task === 'classify' || isObjectHead(head));
  if (!fits) {
    throw new Fault({
      code: 'input-invalid',
      found: `The model answers for the task ${task}, and the data set is read for ${set.task}.`,
      remedy: 'Give a model and a data set of the same task.',
    });
  }
  const { classCount } = head;
  if (classCount === null || classCount === names.length) return;
  throw new Fault({
    code: 'input-invalid',
    found: `The model has ${classCount} classes, and the data set has ${names.length}.`,
    remedy: 'Give the data set that the model was trained for.',
  });
}
