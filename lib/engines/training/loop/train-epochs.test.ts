import { describe, expect, it } from 'vitest';
import { batchOf, type Parabola, parabola } from '@/lib/engines/training/loop/test-support/parabola';
import { type EpochLoop, trainEpochs } from '@/lib/engines/training/loop/train-epochs';
import type { RunKeeper } from '@/lib/engines/training/loop/trainee';
import type { TrainingEvent } from '@/lib/engines/training/loop/training-event';
import { noProgress, type TrainingProgress } from '@/lib/engines/training/loop/training-progress';
import { trainingSchedule } from '@/lib/engines/training/schedule/training-schedule';

const iterationsPerEpoch = 5;

type Saved = { readonly progress: TrainingProgress; readonly state: Parabola['state'] };

type Run = {
  readonly loop: EpochLoop;
  readonly events: TrainingEvent[];
  /** Every state that was saved, as a file would hold it. */
  readonly states: Saved[];
  readonly bests: number[];
  readonly epochs: number[];
};

function runOf(trainee: Parabola, changes: Partial<EpochLoop> = {}, keeping: Partial<RunKeeper> = {}): Run {
  const events: TrainingEvent[] = [];
  const states: Saved[] = [];
  const bests: number[] = [];
  const epochs: number[] = [];
  let clock = 0;
  const keeper: RunKeeper = {
    saveState: async (progress) => {
      states.push({ progress: JSON.parse(JSON.stringify(progress)), state: { ...trainee.state } });
    },
    saveBest: async ({ best }) => {
      bests.push(best?.epoch ?? 0);
    },
    saveEpoch: async (epoch) => {
      epochs.push(epoch);
    },
    saveResults: async () => undefined,
    ...keeping,
  };
  const loop: EpochLoop = {
    trainee,
    schedule: trainingSchedule({
      epochs: 6,
      lrf: 0.1,
      cosine: false,
      lr0: 0.1,
      momentum: 0.9,
      weightDecay: 0,
      warmupEpochs: 0,
      warmupMomentum: 0.8,
      warmupBiasLr: 0.1,
      batch: 1,
      nbs: 2,
      iterationsPerEpoch,
    }),
    epochs: 6,
    iterationsPerEpoch,
    batch: 1,
    patience: 0,
    validates: true,
    savePeriod: -1,
    keeper,
    tell: (event) => events.push(event),
    signal: new AbortController().signal,
    now: () => {
      clock += 100;
      return clock;
    },
    async *batches(epoch, iteration) {
      for (let k = iteration; k < iterationsPerEpoch; k++) yield batchOf(2 + ((epoch * 31 + k * 7) % 5) / 2);
    },
    ...changes,
  };
  return { loop, events, states, bests, epochs };
}

function rowsOf({ events }: Run) {
  return events.flatMap((event) => (event.kind === 'epoch' ? [{ ...event.row, seconds: 0 }] : []));
}

describe('trainEpochs', () => {
  it('tells every step and epoch, and losses fall', async () => {
    const trainee = parabola();
    const run = runOf(trainee);
    const { reason, progress } = await trainEpochs(run.loop, noProgress);
    expect([reason, progress.epoch, progress.rows.length]).toEqual(['completed', 6, 6]);
    expect(run.events.filter(({ kind }) => kind === 'step')).toHaveLength(30);
    expect(run.events.at(-2)).toMatchObject({ kind: 'step', epoch: 6, iteration: 5, secondsLeft: 0 });
    const losses = rowsOf(run).map(({ train }) => train.loss);
    expect(losses[5]).toBeLessThan(losses[0] / 4);
    expect(run.states.map((saved) => saved.progress.epoch)).toEqual([1, 2, 3, 4, 5, 6]);
    const shares = trainee.settings.map(({ branchShare }) => branchShare);
    const shareOfEpoch = [0.8, 0.66, 0.52, 0.38, 0.24, 0.1];
    expect(shares).toEqual(shareOfEpoch.flatMap((share) => Array(5).fill(expect.closeTo(share, 12))));
  });

  it('changes parameters only when gradients of `nbs` images are summed, across the ends of epochs', async () => {
    const trainee = parabola();
    await trainEpochs(runOf(trainee, { epochs: 2 }).loop, noProgress);
    expect(trainee.settings.map(({ updates }) => updates)).toEqual([0, 1, 0, 1, 0, 1, 0, 1, 0, 1].map(Boolean));
  });

  it.each([1, 7, 13, 29])('goes on after a stop in step %i as if it had never stopped', async (stopAfter) => {
    const whole = runOf(parabola());
    await trainEpochs(whole.loop, noProgress);

    const stop = new AbortController();
    const first = runOf(parabola(), { signal: stop.signal });
    let steps = 0;
    const stopped = await trainEpochs(
      {
        ...first.loop,
        tell: (event) => {
          first.events.push(event);
          if (event.kind === 'step' && ++steps === stopAfter) stop.abort();
        },
      },
      noProgress,
    );
    expect(stopped.reason).toBe('cancelled');
    const saved = first.states.at(-1);
    expect(saved?.progress).toMatchObject({ epoch: Math.floor(stopAfter / 5), iteration: stopAfter % 5 });

    const trainee = parabola();
    Object.assign(trainee.state, saved?.state);
    const second = runOf(trainee);
    await trainEpochs(second.loop, saved?.progress ?? noProgress);
    expect([...rowsOf(first), ...rowsOf(second)]).toEqual(rowsOf(whole));
    expect(second.states.at(-1)?.state).toEqual(whole.states.at(-1)?.state);
  });

  it('goes on from the last saved epoch after it was killed', async () => {
    const whole = runOf(parabola());
    await trainEpochs(whole.loop, noProgress);
    const killed = whole.states[2];
    const trainee = parabola();
    Object.assign(trainee.state, killed.state);
    const resumed = runOf(trainee);
    await trainEpochs(resumed.loop, killed.progress);
    expect(rowsOf(resumed)).toEqual(rowsOf(whole).slice(3));
  });

  it('keeps what was trained when it is stopped while validating, and validates when it goes on', async () => {
    const stop = new AbortController();
    const trainee = parabola();
    const stopping: Parabola = {
      ...trainee,
      validate: (signal) => {
        stop.abort();
        return trainee.validate(signal);
      },
    };
    const run = runOf(stopping, { signal: stop.signal });
    expect((await trainEpochs(run.loop, noProgress)).reason).toBe('cancelled');
    expect(run.states.at(-1)?.progress).toMatchObject({ epoch: 0, iteration: 5, rows: [] });
    const resumed = runOf(trainee, { epochs: 1 });
    await trainEpochs(resumed.loop, run.states.at(-1)?.progress ?? noProgress);
    expect(trainee.settings).toHaveLength(5);
    expect(rowsOf(resumed)).toHaveLength(1);
  });

  it('stops when the best epoch is as many epochs ago as patience says', async () => {
    const figures = [0.1, 0.5, 0.4, 0.5, 0.3, 0.9];
    const run = runOf(parabola({ fitness: (call) => figures[call - 1] }), { patience: 3 });
    const { reason, progress } = await trainEpochs(run.loop, noProgress);
    expect([reason, progress.epoch, progress.best]).toEqual(['patience', 5, { epoch: 2, fitness: 0.5 }]);
    expect(run.bests).toEqual([1, 2]);
  });

  it('waits with its patience until anything is found', async () => {
    const run = runOf(parabola({ fitness: () => 0 }), { patience: 2 });
    expect((await trainEpochs(run.loop, noProgress)).reason).toBe('completed');
  });

  it.each([
    ['loss', { losses: [Number.NaN], gradientNorm: 1 }],
    ['gradient', { losses: [1], gradientNorm: Number.POSITIVE_INFINITY }],
  ])('stops when the %s is no number, and saves nothing of it', async (what, outcome) => {
    const trainee = parabola();
    const breaking: Parabola = {
      ...trainee,
      step: (batch, settings) =>
        trainee.settings.length === 7 ? Promise.resolve(outcome) : trainee.step(batch, settings),
    };
    const run = runOf(breaking);
    const { reason, fault } = await trainEpochs(run.loop, noProgress);
    expect(reason).toBe('diverged');
    expect(fault?.found).toContain(`The ${what} is no finite number any more, in epoch 2, iteration 3`);
    expect(run.states.map((saved) => saved.progress.epoch)).toEqual([1]);
  });

  it('goes on and says so when the disk is full', async () => {
    let writes = 0;
    const run = runOf(
      parabola(),
      {},
      {
        saveState: async () => {
          writes++;
          if (writes === 2) throw new Error('ENOSPC: no space left on device');
        },
      },
    );
    expect((await trainEpochs(run.loop, noProgress)).reason).toBe('completed');
    const notices = run.events.flatMap((event) => (event.kind === 'notice' ? [event.text] : []));
    expect(notices).toEqual([
      'Training goes on, but last.ckpt could not be saved. Error: ENOSPC: no space left on device',
    ]);
    expect(writes).toBe(6);
  });

  it('says that it stops, not that it goes on, when the state of a stopped run cannot be saved', async () => {
    const saveState = () => Promise.reject(new Error('ENOSPC'));
    const run = runOf(parabola(), { signal: AbortSignal.abort() }, { saveState });
    expect((await trainEpochs(run.loop, noProgress)).reason).toBe('cancelled');
    expect(run.events).toEqual([
      { kind: 'notice', text: 'Training stops, but last.ckpt could not be saved. Error: ENOSPC' },
    ]);
  });

  it('validates only the last epoch when told so, and keeps weights of every second', async () => {
    const run = runOf(parabola(), { validates: false, savePeriod: 2 });
    await trainEpochs(run.loop, noProgress);
    expect(rowsOf(run).map(({ metrics }) => metrics !== null)).toEqual([false, false, false, false, false, true]);
    expect([run.bests, run.epochs]).toEqual([[6], [2, 4, 6]]);
  });
});
