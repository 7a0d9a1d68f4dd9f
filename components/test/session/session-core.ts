import { createStore, type StoreApi } from 'zustand/vanilla';
import { type ByteLru, createByteLru } from '@/components/test/session/byte-lru';
import {
  type CachedRun,
  initialTestState,
  runKey,
  runnableModel,
  type Shown,
  type ShownRun,
  type TestState,
} from '@/components/test/session/test-state';
import type { CameraChoice, CameraSource } from '@/lib/browser/camera-source';
import type { ModelStore } from '@/lib/browser/model-store';
import type { VideoSource } from '@/lib/browser/video-source';
import type { VisionClient } from '@/lib/browser/vision-protocol';
import { Fault, type PlainFault } from '@/lib/core/fault';
import type { interpretHead } from '@/lib/engines/vision/interpret-head';
import { createMaskCache, type MaskCache } from '@/lib/engines/vision/mask-cache';
import type { Thresholds } from '@/lib/engines/vision/vision-result';

/** What the session needs from the outside world, handed in so that tests bring their own. */
export type SessionPorts = {
  readonly client: VisionClient;
  /** Models remembered on this machine. Its calls may fail (full disks); the page works without it. */
  readonly modelStore: () => Promise<Omit<ModelStore, 'storeKind' | 'listModels'>>;
  readonly interpret: typeof interpretHead;
  readonly thumbnails: {
    /** An object URL of a small picture. */
    readonly make: (bitmap: ImageBitmap) => Promise<string>;
    readonly release: (url: string) => void;
  };
  readonly live: {
    readonly openVideo: (file: File) => Promise<VideoSource>;
    readonly openCamera: (choice: CameraChoice) => Promise<CameraSource>;
  };
  /** Milliseconds from any fixed moment. */
  readonly now: () => number;
};

/** What the slices of actions share. Raw outputs and pictures live beside the state, because they are kept by bytes. */
export type SessionCore = {
  readonly store: StoreApi<TestState>;
  readonly ports: SessionPorts;
  readonly runs: ByteLru<CachedRun>;
  readonly bitmaps: ByteLru<ImageBitmap>;
  /** Masks of what is shown, computed once each while thresholds move. */
  readonly masks: { readonly primary: MaskCache; readonly secondary: MaskCache };
  readonly get: () => TestState;
  readonly update: (change: (state: TestState) => TestState) => void;
  /** Brings `shown` in step with selection, caches and thresholds. No inference: it is done before the next frame. */
  readonly refreshShown: () => void;
  /** Starts the next job unless one is running. Set by the scheduler. */
  pump: () => void;
  /** Aborts the running job, if any. Set by the scheduler. */
  interrupt: () => void;
  /** Predicts the still frame of a video again, after the model or the input size changed. Set by the live actions. */
  redoFrame: () => void;
};

/** Raw outputs kept in memory: about 90 outputs of 84×8400, so that threshold changes reach most of a folder. */
const runLimitBytes = 256 * 2 ** 20;
/** Decoded pictures kept in memory: five of 12 megapixels, enough to step back and forth without decoding. */
const bitmapLimitBytes = 256 * 2 ** 20;

export function createSessionCore(ports: SessionPorts): SessionCore {
  const store = createStore<TestState>()(() => initialTestState);
  const runs = createByteLru<CachedRun>({ limitBytes: runLimitBytes, sizeOf: bytesOfRun });
  const bitmaps = createByteLru<ImageBitmap>({
    limitBytes: bitmapLimitBytes,
    sizeOf: (bitmap) => bitmap.width * bitmap.height * 4,
    // What the stage still shows is closed later, when it is replaced.
    onLeave: (bitmap) => store.getState().shown.bitmap !== bitmap && bitmap.close(),
  });
  const core: SessionCore = {
    store,
    ports,
    runs,
    bitmaps,
    masks: { primary: createMaskCache(), secondary: createMaskCache() },
    get: store.getState,
    update: (change) => store.setState(change, true),
    refreshShown: () => refreshShown(core),
    pump: () => {},
    interrupt: () => {},
    redoFrame: () => {},
  };
  return core;
}

/** Shows a picture and its runs in one step, and frees the picture before it when nothing else holds it. */
export function show(core: SessionCore, next: Shown): void {
  const previous = core.get().shown;
  if (sameShown(previous, next)) return;
  core.update((state) => ({ ...state, shown: next }));
  const old = previous.bitmap;
  if (!old || old === next.bitmap) return;
  const isKept = previous.imageId !== null && core.bitmaps.get(previous.imageId) === old;
  if (!isKept) old.close();
}

/** A run read at these thresholds; the earlier reading is given back when nothing changed. */
export function interpretRun(
  core: SessionCore,
  run: CachedRun,
  thresholds: Thresholds,
  earlier: ShownRun | null,
  masks: MaskCache,
): ShownRun {
  if (earlier?.run === run && earlier.thresholds === thresholds) return earlier;
  const startedAt = core.ports.now();
  const result = core.ports.interpret(run.spec, run.output, thresholds, masks);
  return { run, result, thresholds, interpretMilliseconds: core.ports.now() - startedAt };
}

/** The same class filter in the class numbers of another model, matched by name. */
export function translateThresholds(
  thresholds: Thresholds,
  from: readonly string[],
  to: readonly string[],
): Thresholds {
  if (thresholds.classes === null || from === to) return thresholds;
  const names = new Set(thresholds.classes.map((classId) => from[classId]));
  return { ...thresholds, classes: [...to.keys()].filter((classId) => names.has(to[classId])) };
}

/** A fault in its two sentences. Anything else that was thrown is told as what it is: a failure of the runtime. */
export function toPlainFault(error: unknown): PlainFault {
  if (error instanceof Fault) return error.toPlain();
  return {
    code: 'runtime-failed',
    found: `The program stopped unexpectedly: ${error instanceof Error ? error.message : String(error)}.`,
    remedy: 'Try again; if it happens again, another model or a smaller image may work.',
  };
}

function refreshShown(core: SessionCore): void {
  const state = core.get();
  const { shown, thresholds } = state;
  if (state.live.kind !== 'off' && state.live.kind !== 'failed') {
    show(core, { ...shown, ...readRuns(core, shown.primary?.run ?? null, shown.secondary?.run ?? null, thresholds) });
    return;
  }
  const image = state.images.find((candidate) => candidate.id === state.selectedImageId);
  if (!image) {
    show(core, { imageId: null, name: '', bitmap: null, primary: null, secondary: null });
    return;
  }
  const held = shown.imageId === image.id ? shown : null;
  const runOf = (modelKey: string | null, earlier: ShownRun | null | undefined): CachedRun | null => {
    const model = runnableModel(state, modelKey);
    if (!model) return null;
    const key = runKey(image.id, model, state.imgsz);
    return core.runs.get(key) ?? (earlier?.run.key === key ? earlier.run : null);
  };
  const primary = runOf(state.activeModelKey, held?.primary);
  const secondary = runOf(state.compareModelKey, held?.secondary);
  show(core, {
    imageId: image.id,
    name: image.name,
    bitmap: core.bitmaps.get(image.id) ?? held?.bitmap ?? null,
    ...readRuns(core, primary, secondary, thresholds),
  });
}

function readRuns(
  core: SessionCore,
  primary: CachedRun | null,
  secondary: CachedRun | null,
  thresholds: Thresholds,
): Pick<Shown, 'primary' | 'secondary'> {
  const { shown } = core.get();
  const names = primary?.spec.names ?? [];
  return {
    primary: primary && interpretRun(core, primary, thresholds, shown.primary, core.masks.primary),
    secondary:
      secondary &&
      interpretRun(
        core,
        secondary,
        translateThresholds(thresholds, names, secondary.spec.names),
        shown.secondary,
        core.masks.secondary,
      ),
  };
}

function sameShown(a: Shown, b: Shown): boolean {
  return (
    a.imageId === b.imageId &&
    a.name === b.name &&
    a.bitmap === b.bitmap &&
    a.primary === b.primary &&
    a.secondary === b.secondary
  );
}

function bytesOfRun({ output }: CachedRun): number {
  return output.main.data.byteLength + (output.prototypes?.data.byteLength ?? 0);
}
