import { createTrainSession } from '@/components/train/session/create-train-session';
import type { TrainPorts } from '@/components/train/session/train-core';
import type { TrainImage } from '@/components/train/session/train-state';
import type { TrainOptions } from '@/lib/browser/training/trainer-client';
import type { RunOutcome, TrainingJob } from '@/lib/browser/training/training-job';
import type { VisionClient } from '@/lib/browser/vision-protocol';
import { Fault } from '@/lib/core/fault';

type Script = (job: TrainingJob, options: TrainOptions) => Promise<RunOutcome>;

/** A session whose trainer does what a test says, and whose predictor and storage know nothing but what it gives them. */
export function scriptedSession(
  train: Script = () => Promise.reject(new Error('nothing is trained here')),
  {
    predict,
    openModel,
    draftShelf,
  }: Partial<Pick<TrainPorts, 'draftShelf'> & Pick<VisionClient, 'predict' | 'openModel'>> = {},
) {
  const refuse = () => Promise.reject(new Fault({ code: 'input-invalid', found: 'No.', remedy: 'None.' }));
  let ids = 0;
  const ports: TrainPorts = {
    vision: {
      openModel: openModel ?? refuse,
      inspectFile: refuse,
      convertFile: refuse,
      closeModel: async () => undefined,
      predict: predict ?? refuse,
      decode: refuse,
      setBackend: async () => undefined,
      subscribe: () => () => undefined,
      dispose: () => undefined,
    },
    trainer: { train, dispose: () => undefined },
    modelStore: refuse,
    runShelf: async () => null,
    draftShelf: draftShelf ?? (async () => null),
    thumbnails: { make: async () => '', release: () => undefined },
    newId: () => `id-${++ids}`,
  };
  return createTrainSession(ports, () => 1);
}

export function somePicture(id: string): TrainImage {
  return {
    id,
    name: `${id}.png`,
    blob: new Blob(),
    size: { width: 100, height: 100 },
    thumbnailUrl: null,
    fault: null,
    split: null,
  };
}
