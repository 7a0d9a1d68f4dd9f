import { withNames } from '@/components/train/document/train-document';
import { plainFault, type TrainCore } from '@/components/train/session/train-core';
import type { FreshScale, TrainModel, TrainState } from '@/components/train/session/train-state';
import { type TrainableTask, trainableTasks } from '@/lib/browser/training/training-job';
import { Fault } from '@/lib/core/fault';
import type { ModelSpec } from '@/lib/engines/model-files/model-facts';
import type { Skeleton } from '@/lib/engines/training/dataset/dataset-description';

export type ModelActions = ReturnType<typeof createModelActions>;

/** Largest side that is proposed: more is slow in a browser, and a person may still ask for it. */
const mostProposedSide = 320;

/** What is trained: a file of weights, or a network of our own that has seen nothing. */
export function createModelActions(core: TrainCore) {
  const { vision, modelStore } = core.ports;
  let reading = new AbortController();

  function use(model: TrainModel): void {
    core.update((state) => ({ ...state, model }));
  }

  async function open(name: string, load: () => Promise<Blob>): Promise<void> {
    reading.abort();
    reading = new AbortController();
    const { signal } = reading;
    const before = core.get().model;
    use({ kind: 'reading', name, progress: null });
    try {
      const file = await load();
      const opened = await vision.openModel(file, {
        signal,
        onProgress: (told) => {
          if (told.kind === 'converting' && !signal.aborted) use({ kind: 'reading', name, progress: told.progress });
        },
      });
      if (signal.aborted) return;
      if (opened.conversion === null) throw onlyAnswers(name);
      const { spec } = opened.identity.readings[0];
      const task = trainableTasks.find((known) => known === spec.task);
      if (!task) throw notTrained(name, spec.task);
      if (before.kind === 'file' && before.modelId !== opened.modelId) void vision.closeModel(before.modelId);
      core.update((state) => adopt(state, { kind: 'file', name, file, modelId: opened.modelId, spec, task }));
    } catch (error) {
      if (!signal.aborted) use({ kind: 'refused', name, fault: plainFault(error) });
    }
  }

  return {
    openModelFile: (file: File) => open(file.name, async () => file),

    /** A model that this machine remembers from the Test tab, by the SHA-256 of its file. */
    async openStoredModel(modelId: string, name = 'The remembered model'): Promise<void> {
      try {
        const file = await (await modelStore()).loadModel(modelId);
        await open(file.name, async () => file);
      } catch (error) {
        use({ kind: 'refused', name, fault: plainFault(error) });
      }
    },

    useFresh(scale: FreshScale, task: TrainableTask): void {
      reading.abort();
      const { model } = core.get();
      if (model.kind === 'file') void vision.closeModel(model.modelId);
      core.update((state) => ({ ...state, model: { kind: 'fresh', scale, task }, selectedLabelId: null }));
    },
  };
}

/** The model with the size it was trained at, and its classes where a person has named and labelled nothing. */
function adopt(state: TrainState, model: Extract<TrainModel, { kind: 'file' }>): TrainState {
  const { present } = state.history;
  const { width, height } = model.spec.input.size;
  const side = Math.min(mostProposedSide, Math.max(32, Math.round(Math.max(width, height) / 32) * 32));
  const isUntouched = present.labels.size === 0;
  return {
    ...state,
    model,
    history: isUntouched ? { past: [], present: withNames(present, model.spec.names), future: [] } : state.history,
    settings: { ...state.settings, imgsz: side },
    skeleton: (isUntouched ? null : state.skeleton) ?? skeletonOf(model.spec) ?? state.skeleton,
    selectedLabelId: null,
  };
}

/** A model knows its keypoints, but not which of them change places in a mirror: its pictures are then not mirrored. */
function skeletonOf({ head: { keypoints }, kptNames }: ModelSpec): Skeleton | null {
  return keypoints && { keypoints, flipIndices: null, names: kptNames, sigmas: null };
}

function onlyAnswers(name: string): Fault {
  return new Fault({
    code: 'model-unsupported',
    found: `${name} is ONNX: its layers are merged for answering, and what training changes is no longer there.`,
    remedy: 'Drop the .pt that it was exported from, or start with a new network.',
  });
}

function notTrained(name: string, task: string): Fault {
  return new Fault({
    code: 'model-unsupported',
    found: `${name} is a model for ${task}, which is not trained here.`,
    remedy: `Use one for ${trainableTasks.join(', ')}.`,
  });
}
