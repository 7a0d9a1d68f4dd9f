import { assert } from '@/lib/core/assert';
import { orAbort } from '@/lib/core/or-abort';
import type { BatchMaker, BatchPosition, MadeBatch } from '@/lib/engines/training/batch/batch-maker';
import type { TrainingBatch } from '@/lib/engines/training/batch/training-batch';
import type { DatasetProblem } from '@/lib/engines/training/dataset/dataset-problem';

/** The batches of a training, made ahead of their turn. */
export type BatchLoader = {
  /**
   * The batches of an epoch from one of them on, both counted from 0; the same ones whenever they are asked for. Those of the
   * next epoch are made ahead as well. Rejects with the signal's reason, and with the `Fault` that a batch could not be made
   * for; the loader is closed then.
   */
  batches(epoch: number, index?: number): AsyncGenerator<TrainingBatch, void, void>;
  /** Gives the memory of a batch's images back; they must not be read any more. */
  recycle(batch: TrainingBatch): void;
  /** Disposes the makers. Batches that are being made are given up. */
  close(): Promise<void>;
};

type LoaderOptions = {
  /** At least one; they take turns. */
  readonly makers: readonly BatchMaker[];
  readonly batchesPerEpoch: number;
  readonly epochs: number;
  /** Told once for each image that cannot be read. */
  readonly onProblem: (problem: DatasetProblem) => void;
  readonly signal?: AbortSignal;
};

/** Batches ahead of the one that is trained on: two for each maker, so that none waits while its batch is fetched. */
const aheadForEachMaker = 2;

/** Keeps the makers at work, a bounded number of batches ahead of whoever takes them. */
export function createBatchLoader(options: LoaderOptions): BatchLoader {
  const { makers, batchesPerEpoch, epochs, onProblem } = options;
  const signal = options.signal ?? new AbortController().signal;
  const most = aheadForEachMaker * makers.length;
  /** Batches under way, of consecutive numbers; a batch's number counts through all epochs. */
  const ahead: { readonly number: number; readonly made: Promise<MadeBatch> }[] = [];
  const spares: Float32Array[] = [];
  const told = new Set<string>();
  let isClosed = false;

  function begin(number: number): void {
    const made = makers[number % makers.length].make(positionOf(number, batchesPerEpoch), spares.pop() ?? null);
    // It is told in its turn; until then nobody listens.
    made.catch(() => undefined);
    ahead.push({ number, made });
  }

  /** Takes one batch, and sees to it that as many as allowed are under way behind it. */
  function take(number: number): Promise<MadeBatch> {
    assert(!isClosed, 'a loader that is not closed');
    if (ahead[0]?.number !== number) ahead.length = 0;
    const end = Math.min(number + most, epochs * batchesPerEpoch);
    for (let next = number + ahead.length; next < end; next++) begin(next);
    const taken = ahead.shift();
    assert(taken !== undefined, 'a batch of one of the epochs');
    return taken.made;
  }

  function tell(problems: readonly DatasetProblem[]): void {
    for (const problem of problems) {
      if (told.has(problem.file)) continue;
      told.add(problem.file);
      onProblem(problem);
    }
  }

  async function close(): Promise<void> {
    if (isClosed) return;
    isClosed = true;
    ahead.length = 0;
    await Promise.all(makers.map((maker) => maker.dispose()));
  }

  return {
    async *batches(epoch, index = 0) {
      try {
        for (let number = epoch * batchesPerEpoch + index; number < (epoch + 1) * batchesPerEpoch; number++) {
          signal.throwIfAborted();
          const { batch, problems } = await orAbort(take(number), signal);
          tell(problems);
          yield batch;
        }
      } catch (error) {
        await close();
        throw error;
      }
    },
    recycle({ images }) {
      if (spares.length < most) spares.push(images);
    },
    close,
  };
}

function positionOf(number: number, batchesPerEpoch: number): BatchPosition {
  return { epoch: Math.floor(number / batchesPerEpoch), index: number % batchesPerEpoch };
}
