import { createStore, type StoreApi } from 'zustand/vanilla';
import type { History } from '@/components/train/document/history';
import { step } from '@/components/train/document/history';
import type { TrainDocument } from '@/components/train/document/train-document';
import { initialTrainState, type TrainState } from '@/components/train/session/train-state';
import type { ModelStore } from '@/lib/browser/model-store';
import type { DraftShelf } from '@/lib/browser/training/draft-shelf';
import type { RunShelf } from '@/lib/browser/training/run-shelf';
import type { TrainerClient } from '@/lib/browser/training/trainer-client';
import type { VisionClient } from '@/lib/browser/vision-protocol';
import { Fault, type PlainFault } from '@/lib/core/fault';

/** What the session needs from the outside world, handed in so that tests bring their own. */
export type TrainPorts = {
  /** Decodes pictures and says what models see in them. */
  readonly vision: VisionClient;
  readonly trainer: TrainerClient;
  readonly modelStore: () => Promise<Pick<ModelStore, 'saveModel' | 'loadModel'>>;
  /** What earlier visits trained; null where the browser keeps nothing. */
  readonly runShelf: () => Promise<RunShelf | null>;
  /** What earlier visits labelled; null where the browser keeps nothing. */
  readonly draftShelf: () => Promise<DraftShelf | null>;
  readonly thumbnails: {
    readonly make: (bitmap: ImageBitmap) => Promise<string>;
    readonly release: (url: string) => void;
  };
  readonly newId: () => string;
};

/** What the slices of actions share. */
export type TrainCore = {
  readonly store: StoreApi<TrainState>;
  readonly ports: TrainPorts;
  readonly get: () => TrainState;
  readonly update: (change: (state: TrainState) => TrainState) => void;
  /** Changes labels or classes, as one step that can be undone. */
  readonly edit: (change: (document: TrainDocument, state: TrainState) => TrainDocument) => void;
  readonly travel: (to: (history: History<TrainDocument>) => History<TrainDocument>) => void;
};

export function createTrainCore(ports: TrainPorts): TrainCore {
  const store = createStore<TrainState>()(() => initialTrainState);
  const update = (change: (state: TrainState) => TrainState) => store.setState(change, true);
  return {
    store,
    ports,
    get: store.getState,
    update,
    edit: (change) =>
      update((state) => ({ ...state, history: step(state.history, change(state.history.present, state)) })),
    travel: (to) => update((state) => ({ ...state, history: to(state.history), selectedLabelId: null })),
  };
}

/** A fault in its two sentences. Anything else that was thrown is told as what it is: a failure of the program. */
export function plainFault(error: unknown): PlainFault {
  if (error instanceof Fault) return error.toPlain();
  return {
    code: 'runtime-failed',
    found: `The program stopped unexpectedly: ${error instanceof Error ? error.message : String(error)}.`,
    remedy: 'Try again; if it happens again, smaller images or another model may work.',
  };
}
