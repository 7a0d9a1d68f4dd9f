import { chooseSplit } from '@/components/train/document/choose-split';
import { labelledImages, type TrainImage, type TrainState } from '@/components/train/session/train-state';
import type { JobSettings, TrainingJob } from '@/lib/browser/training/training-job';
import { present } from '@/lib/core/assert';
import { Fault } from '@/lib/core/fault';
import type { ObjectLabel, ObjectTask } from '@/lib/engines/training/dataset/object-label';

export type PlannedJob = {
  readonly job: TrainingJob;
  readonly trainCount: number;
  readonly valCount: number;
  /** False where it is measured on what was trained on. */
  readonly isHeldOut: boolean;
};

/** The same curve for the same labels. */
const seed = 0;

/**
 * What would be trained as things stand. Throws a `Fault` (`input-invalid`) that says what is missing.
 *
 * @param threads Of the runtime.
 */
export function planJob(state: TrainState, threads: number): PlannedJob {
  const { model, settings, skeleton, history } = state;
  if (model.kind === 'reading') throw missing('The model is still being read.', 'Wait until it is there.');
  if (model.kind === 'refused') throw missing('There is no model to train.', 'Choose another one.');
  const { names, labels } = history.present;
  const labelled = labelledImages(state);
  if (names.length === 0) throw missing('No class has a name yet.', 'Name the classes that the model is to know.');
  if (labelled.length === 0) throw missing('No picture is labelled yet.', 'Draw boxes, or drop label files.');
  const { train, val, isHeldOut } = chooseSplit(labelled);
  const jobSettings: JobSettings = { ...settings, seed, threads };
  const common = {
    model:
      model.kind === 'file'
        ? { kind: model.kind, file: model.file, name: model.name }
        : { kind: model.kind, scale: model.scale },
    names,
    settings: jobSettings,
  } as const;
  const counts = { trainCount: train.length, valCount: val.length, isHeldOut };
  if (model.task === 'classify') {
    const classed = (images: readonly TrainImage[]) =>
      images.map(({ id, blob }) => ({
        path: id,
        blob,
        classId: present(labels.get(id)?.classId, 'the class of a picture'),
      }));
    return { ...counts, job: { ...common, task: 'classify', train: classed(train), val: classed(val) } };
  }
  const objects = (images: readonly TrainImage[]) =>
    images.map(({ id, blob }) => ({ path: id, blob, labels: labels.get(id)?.objects ?? [] }));
  if (train.every(({ id }) => labels.get(id)?.objects.length === 0)) {
    throw missing('All labelled pictures are marked as empty.', 'Label what the model is to find in some of them.');
  }
  const task = model.task;
  const shapeless = train.find(({ id }) => labels.get(id)?.objects.some((label) => !fits(label, task)));
  if (shapeless) {
    throw missing(
      `${shapeless.name} has labels that are boxes only, and the model learns ${shapeWords[task]}.`,
      'Drop label files of that kind, start from predictions, or choose a model for boxes.',
    );
  }
  if (model.task === 'pose' && skeleton === null) {
    throw missing(
      'Poses are trained on keypoints, and nothing says how many there are.',
      'Drop the label files together with their data.yaml, which has kpt_shape.',
    );
  }
  return { ...counts, job: { ...common, task: model.task, skeleton, train: objects(train), val: objects(val) } };
}

const shapeWords: Readonly<Record<ObjectTask, string>> = {
  detect: 'boxes',
  segment: 'masks',
  pose: 'keypoints',
  obb: 'rotated boxes',
};

/** Whether a label has what its task is trained on: labels stay when another model is chosen. */
function fits({ outline, keypoints }: ObjectLabel, task: ObjectTask): boolean {
  switch (task) {
    case 'detect':
      return true;
    case 'segment':
      return outline !== null;
    case 'obb':
      return outline?.length === 8;
    case 'pose':
      return keypoints !== null;
  }
}

function missing(found: string, remedy: string): Fault {
  return new Fault({ code: 'input-invalid', found, remedy });
}
