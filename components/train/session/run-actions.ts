import { planJob } from '@/components/train/session/plan-job';
import { plainFault, type TrainCore } from '@/components/train/session/train-core';
import {
  isBusy,
  noComparison,
  noRecord,
  type RunRecord,
  type TrainRun,
  type TrainSettings,
  type TunedModel,
} from '@/components/train/session/train-state';
import type { KeptRun } from '@/lib/browser/training/run-shelf';
import type { TrainerEvent } from '@/lib/browser/training/trainer-messages';
import type { RunFacts } from '@/lib/engines/training/loop/training-event';

export type RunActions = ReturnType<typeof createRunActions>;

type Hooks = {
  /** Called when there are other weights to look at. */
  readonly onWeights: () => void;
  readonly threads: () => number;
};

/** Starts and stops a run, hears what it tells, and keeps what it made. */
export function createRunActions(core: TrainCore, { onWeights, threads }: Hooks) {
  const { trainer, vision, modelStore, runShelf } = core.ports;
  let abort = new AbortController();
  /** Weights are opened one after the other; those that are overtaken are left out. */
  let opening: Promise<void> = Promise.resolve();
  let latest: Blob | null = null;

  function setRun(run: TrainRun): void {
    core.update((state) => ({ ...state, run }));
  }

  function patchRecord(change: (record: RunRecord) => Partial<RunRecord>): void {
    core.update((state) => ({ ...state, record: { ...state.record, ...change(state.record) } }));
  }

  function hear(event: TrainerEvent): void {
    switch (event.kind) {
      case 'preparing':
        setRun({ kind: 'preparing', words: event.words });
        break;
      case 'download':
        hearDownload(event);
        break;
      case 'started':
        begin(event.facts);
        break;
      case 'step':
        hearStep(event);
        break;
      case 'epoch':
        patchRecord(({ rows }) => ({ rows: [...rows, event.row] }));
        break;
      case 'notice':
        // Files are called by what they are on this page, which the trainer does not know.
        notice(event.text.replace(/^[^:]+(?=: )/, nameOfImage));
        break;
      case 'weights':
        takeWeights(event.onnx, event.epoch, event.isFinal);
        break;
    }
  }

  function notice(text: string): void {
    patchRecord(({ notices }) => (notices.includes(text) ? {} : { notices: [...notices, text] }));
  }

  function hearDownload({ loadedBytes, totalBytes }: Extract<TrainerEvent, { kind: 'download' }>): void {
    const isOver = totalBytes !== null && loadedBytes >= totalBytes;
    core.update((state) => ({ ...state, download: isOver ? null : { loadedBytes, totalBytes } }));
  }

  function begin({ epochs, iterationsPerEpoch }: RunFacts): void {
    const progress = { epoch: 0, epochs, iteration: 0, iterationsPerEpoch, imagesPerSecond: null, secondsLeft: null };
    core.update((state) => ({ ...state, download: null }));
    setRun({ kind: 'running', isStopping: abort.signal.aborted, progress });
  }

  function nameOfImage(id: string): string {
    return core.get().images.find((image) => image.id === id)?.name ?? id;
  }

  function hearStep({
    epoch,
    iteration,
    losses,
    imagesPerSecond,
    secondsLeft,
  }: Extract<TrainerEvent, { kind: 'step' }>): void {
    core.update((state) => {
      if (state.run.kind !== 'running') return state;
      const { progress } = state.run;
      const step = (epoch - 1) * progress.iterationsPerEpoch + iteration;
      const next = { ...progress, epoch, iteration, imagesPerSecond, secondsLeft };
      return {
        ...state,
        run: { ...state.run, progress: next },
        record: { ...state.record, points: [...state.record.points, { step, losses }] },
      };
    });
  }

  function takeWeights(onnx: Blob, epoch: number, isFinal: boolean): void {
    latest = onnx;
    opening = opening.then(async () => {
      if (latest !== onnx) return;
      try {
        await openWeights(onnx, epoch, isFinal);
      } catch (error) {
        notice(plainFault(error).found);
      }
    });
  }

  async function openWeights(file: Blob, epoch: number, isFinal: boolean): Promise<void> {
    const { modelId, identity } = await vision.openModel(file);
    const { tuned: before } = core.get();
    const tuned: TunedModel = { name: tunedName(core), file, modelId, spec: identity.readings[0].spec, epoch, isFinal };
    core.update((state) => ({ ...state, tuned }));
    if (before && before.modelId !== modelId) void vision.closeModel(before.modelId);
    onWeights();
  }

  async function keep(tuned: TunedModel, epochs: number): Promise<void> {
    const { record } = core.get();
    const row = record.rows.find(({ epoch }) => epoch === tuned.epoch);
    const kept: KeptRun = {
      modelId: tuned.modelId,
      name: tuned.name,
      epoch: tuned.epoch,
      epochs,
      metrics: row?.metrics ?? {},
      isHeldOut: record.isHeldOut,
      endedAt: Date.now(),
    };
    try {
      await (await modelStore()).saveModel(tuned.modelId, tuned.file, { name: tuned.name });
      await (await runShelf())?.keep(kept);
    } catch (error) {
      const { found } = plainFault(error);
      notice(`The model is here until the page is left, but could not be kept on this machine. ${found}`);
    }
  }

  return {
    changeSettings(change: Partial<TrainSettings>): void {
      core.update((state) => ({ ...state, settings: { ...state.settings, ...change } }));
    },

    /** Trains what is labelled, from the model's weights. */
    async startRun(): Promise<void> {
      if (isBusy(core.get())) return;
      abort = new AbortController();
      try {
        const { job, ...counts } = planJob(core.get(), threads());
        core.update((state) => ({
          ...state,
          record: { ...noRecord, ...counts },
          tuned: null,
          comparison: noComparison,
          view: 'label',
          run: { kind: 'preparing', words: 'Starting' },
        }));
        const outcome = await trainer.train(job, { onEvent: hear, signal: abort.signal });
        await opening;
        setRun({ kind: 'ended', outcome });
        const { tuned } = core.get();
        if (!tuned) return;
        core.update((state) => ({ ...state, view: 'compare' }));
        onWeights();
        await keep(tuned, job.settings.epochs);
      } catch (error) {
        setRun({ kind: 'failed', fault: plainFault(error) });
      } finally {
        core.update((state) => ({ ...state, download: null }));
      }
    },

    /** Ends the run after the step under way. */
    stopRun(): void {
      abort.abort();
      core.update((state) =>
        state.run.kind === 'running' ? { ...state, run: { ...state.run, isStopping: true } } : state,
      );
    },

    /** Brings back what an earlier visit made, unless there is something new. */
    async restoreRun(): Promise<KeptRun | null> {
      try {
        const kept = await (await runShelf())?.load();
        if (!kept || core.get().tuned !== null || isBusy(core.get())) return null;
        const file = await (await modelStore()).loadModel(kept.modelId);
        const { identity } = await vision.openModel(file);
        const { spec } = identity.readings[0];
        const tuned: TunedModel = {
          name: kept.name,
          file,
          modelId: kept.modelId,
          spec,
          epoch: kept.epoch,
          isFinal: true,
        };
        core.update((state) => (state.tuned === null && !isBusy(state) ? { ...state, tuned } : state));
        return kept;
      } catch {
        // It was removed from this machine since; a page without it is as good as new.
        return null;
      }
    },
  };
}

/** `best.pt` becomes `best-tuned.onnx`. */
function tunedName(core: TrainCore): string {
  const { model } = core.get();
  const stem = model.kind === 'file' ? model.name.replace(/\.[^.]*$/, '') : 'sightline';
  const suffix = model.kind === 'fresh' ? `-${model.scale}` : '';
  return `${stem}${suffix}-tuned.onnx`;
}
