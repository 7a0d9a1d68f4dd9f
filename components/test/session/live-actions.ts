import type { ImageActions } from '@/components/test/session/image-actions';
import { blameModel } from '@/components/test/session/model-transitions';
import { runModel } from '@/components/test/session/predict-scheduler';
import {
  interpretRun,
  type SessionCore,
  show,
  toPlainFault,
  translateThresholds,
} from '@/components/test/session/session-core';
import { type LiveState, runnableModel, type Shown } from '@/components/test/session/test-state';
import type { CameraChoice, CameraSource } from '@/lib/browser/camera-source';
import type { CapturedFrame, FrameHandlers } from '@/lib/browser/frame-source';
import type { VideoSource } from '@/lib/browser/video-source';

export type LiveActions = ReturnType<typeof createLiveActions>;

type OpenSource =
  | { readonly kind: 'video'; readonly source: VideoSource }
  | { readonly kind: 'camera'; readonly source: CameraSource };

/** Video and camera: frames are predicted one at a time, and each is shown only together with its own result. */
export function createLiveActions(core: SessionCore, addImages: ImageActions['addImages']) {
  let open: OpenSource | null = null;
  let abort = new AbortController();
  /** Grows with every source and every seek, so that late answers of an earlier one are dropped. */
  let turn = 0;
  let facing: 'user' | 'environment' = 'environment';

  core.redoFrame = () => {
    if (open && !open.source.playing) void present(open.source.captureFrame());
  };

  const handlers: FrameHandlers = {
    async onFrame(frame, rates) {
      await showFrame(frame);
      patch((live) =>
        live.kind === 'video' || live.kind === 'camera' ? { ...live, framesPerSecond: rates.processed } : live,
      );
    },
    onEnded: () => patch((live) => (live.kind === 'video' ? { ...live, playing: false } : live)),
    onError: fail,
  };

  async function start(source: 'video' | 'camera', name: string, opening: () => Promise<OpenSource>): Promise<void> {
    release();
    core.interrupt();
    const mine = ++turn;
    core.update((state) => ({ ...state, inputFault: null, live: { kind: 'starting', source, name } }));
    show(core, { imageId: null, name, bitmap: null, primary: null, secondary: null });
    try {
      const opened = await opening();
      if (mine !== turn) {
        opened.source.dispose();
        return;
      }
      open = opened;
      core.update((state) => ({ ...state, live: initialLive(opened, name) }));
      if (opened.kind === 'camera') await opened.source.play(handlers);
      else await present(opened.source.captureFrame());
    } catch (error) {
      if (mine === turn) fail(error);
    }
  }

  async function present(captured: Promise<CapturedFrame>): Promise<void> {
    const mine = ++turn;
    try {
      const frame = await captured;
      if (mine === turn) await showFrame(frame);
      else frame.bitmap.close();
    } catch (error) {
      if (mine === turn) fail(error);
    }
  }

  async function showFrame(frame: CapturedFrame): Promise<void> {
    const mine = turn;
    const name = core.get().shown.name;
    const shown = await predictFrame(core, frame.bitmap, name, abort.signal);
    if (mine !== turn || !open) {
      shown?.bitmap?.close();
      return;
    }
    if (shown) show(core, shown);
    patch((live) => (live.kind === 'video' ? { ...live, timeSeconds: frame.mediaTime } : live));
  }

  function patch(change: (live: LiveState) => LiveState): void {
    core.update((state) => ({ ...state, live: change(state.live) }));
  }

  function fail(error: unknown): void {
    const fault = toPlainFault(error);
    if (fault.code === 'cancelled') return;
    const { live } = core.get();
    const source =
      live.kind === 'camera' || (live.kind === 'starting' && live.source === 'camera') ? 'camera' : 'video';
    const name = live.kind === 'off' ? '' : live.name;
    release();
    core.update((state) => ({ ...state, live: { kind: 'failed', source, name, fault } }));
    core.refreshShown();
    core.pump();
  }

  function release(): void {
    turn++;
    abort.abort();
    abort = new AbortController();
    open?.source.dispose();
    open = null;
  }

  function openCamera(choice: CameraChoice): Promise<void> {
    if (choice.kind === 'facing') facing = choice.facing;
    return start('camera', 'Camera', async () => ({
      kind: 'camera',
      source: await core.ports.live.openCamera(choice),
    }));
  }

  function video(): VideoSource | null {
    return open?.kind === 'video' ? open.source : null;
  }

  return {
    openVideo: (file: File) =>
      start('video', file.name, async () => ({ kind: 'video', source: await core.ports.live.openVideo(file) })),

    openCamera,

    /** From the camera that looks away to the one that looks at the person, or back. */
    switchCamera: () => openCamera({ kind: 'facing', facing: facing === 'user' ? 'environment' : 'user' }),

    async togglePlaying(): Promise<void> {
      const source = video();
      if (!source) return;
      const playing = !source.playing;
      patch((live) => (live.kind === 'video' ? { ...live, playing, framesPerSecond: null } : live));
      if (!playing) source.pause();
      else await source.play(handlers).catch(fail);
    },

    stepFrame(direction: 1 | -1): void {
      const source = video();
      if (!source) return;
      patch((live) => (live.kind === 'video' ? { ...live, playing: false, framesPerSecond: null } : live));
      void present(source.stepFrame(direction));
    },

    seek(seconds: number): void {
      const source = video();
      if (!source) return;
      source.pause();
      patch((live) =>
        live.kind === 'video' ? { ...live, playing: false, timeSeconds: seconds, framesPerSecond: null } : live,
      );
      void present(source.seek(seconds));
    },

    /** Keeps the frame that is shown as an image of the strip, to run it on other models and to export it. */
    async keepFrame(): Promise<void> {
      const { shown, live } = core.get();
      if (!shown.bitmap || live.kind === 'off') return;
      const canvas = new OffscreenCanvas(shown.bitmap.width, shown.bitmap.height);
      canvas.getContext('2d')?.drawImage(shown.bitmap, 0, 0);
      const blob = await canvas.convertToBlob({ type: 'image/png' });
      const stamp = live.kind === 'video' ? `-${live.timeSeconds.toFixed(2)}s` : `-${core.get().images.length + 1}`;
      const name = `${shown.name.replace(/\.[^.]+$/, '')}${stamp}.png`;
      addImages([{ name, blob }]);
    },

    /** Back to the images. */
    closeLive(): void {
      release();
      core.update((state) => ({ ...state, live: { kind: 'off' } }));
      core.refreshShown();
      core.pump();
    },
  };
}

/** One frame and what the models in use say to it. The frame is consumed; null when the model failed and was told so. */
async function predictFrame(
  core: SessionCore,
  frame: ImageBitmap,
  name: string,
  signal: AbortSignal,
): Promise<Shown | null> {
  const model = runnableModel(core.get(), core.get().activeModelKey);
  const blank: Shown = { imageId: null, name, bitmap: frame, primary: null, secondary: null };
  if (!model) return blank;
  const other = runnableModel(core.get(), core.get().compareModelKey);
  const copy = other && (await createImageBitmap(frame));
  try {
    const { run, reply } = await runModel(
      core,
      model,
      { kind: 'frame', frame },
      { key: 'live', wantBitmap: true, signal },
    );
    const { thresholds } = core.get();
    const primary = interpretRun(core, run, thresholds, null, core.masks.primary);
    if (!other || !copy) return { ...blank, bitmap: reply.bitmap, primary };
    const second = await runModel(
      core,
      other,
      { kind: 'frame', frame: copy },
      { key: 'live-other', wantBitmap: false, signal },
    );
    const translated = translateThresholds(thresholds, run.spec.names, second.run.spec.names);
    const secondary = interpretRun(core, second.run, translated, null, core.masks.secondary);
    return { ...blank, bitmap: reply.bitmap, primary, secondary };
  } catch (error) {
    const fault = toPlainFault(error);
    if (fault.code !== 'cancelled') core.update((state) => blameModel(state, model.key, fault, core.ports.now()));
    return null;
  }
}

function initialLive(opened: OpenSource, name: string): LiveState {
  if (opened.kind === 'camera')
    return { kind: 'camera', name: opened.source.device.label || name, framesPerSecond: null };
  const durationSeconds = opened.source.durationSeconds;
  return { kind: 'video', name, playing: false, timeSeconds: 0, durationSeconds, framesPerSecond: null };
}
