import { present } from '@/lib/core/assert';
import { orAbort } from '@/lib/core/or-abort';
import type { BatchMaker, BatchPosition, MadeBatch } from '@/lib/engines/training/batch/batch-maker';
import type { TrainingBatch } from '@/lib/engines/training/batch/training-batch';
import type { DatasetProblem } from '@/lib/engines/training/dataset/dataset-problem';

export type LoadedBatch = BatchPosition & { readonly batch: TrainingBatch };

/** The batches of all epochs in their order, made ahead of their turn. */
export type BatchLoader = {
  /**
   * The next batch, or null after the last one of the last epoch. Rejects with the signal's reason, and with the `Fault` that
   * the batch could not be made for; after that there are no more.
   */
  next(): Promise<LoadedBatch | null>;
  /** Gives the memory of a batch's images back; they must not be read any more. */
  recycle(batch: TrainingBatch): void;
  /** Stops and disposes the makers. Batches that are being made are given up. */
  close(): Promise<void>;
};

type LoaderOptions = {
  /** At least one; they take turns. */
  readonly makers: readonly BatchMaker[];
  readonly batchesPerEpoch: number;
  readonly epochs: number;
  /** Counted from 0; a run that is continued begins where the one before it ended. */
  readonly firstEpoch?: number;
  /** Told once for each image that cannot be read. */
  readonly onProblem: (problem: DatasetProblem) => void;
  readonly signal?: AbortSignal;
};

/** Batches ahead of the one that is trained on; two for each maker, so that none waits while its batch is fetched. */
const aheadForEachMaker = 2;

/** Keeps the makers at work, a bounded number of batches ahead of whoever takes them. */
export function createBatchLoader(options: LoaderOptions): BatchLoader {
  const { makers, batchesPerEpoch, epochs, firstEpoch = 0, onProblem } = options;
  const signal = options.signal ?? new AbortController().signal;
  const end = epochs * batchesPerEpoch;
  const ahead: { readonly position: BatchPosition; readonly made: Promise<MadeBatch> }[] = [];
  const spares: Float32Array[] = [];
  const told = new Set<string>();
  let upcoming = firstEpoch * batchesPerEpoch;
  let isClosed = false;

  function makeAhead(): void {
    while (!isClosed && upcoming < end && ahead.length < aheadForEachMaker * makers.length) {
      const position = { epoch: Math.floor(upcoming / batchesPerEpoch), index: upcoming % batchesPerEpoch };
      const made = makers[upcoming % makers.length].make(position, spares.pop() ?? null);
      // It is told in its turn; until then nobody listens.
      made.catch(() => undefined);
      ahead.push({ position, made });
      upcoming++;
    }
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
    async next() {
      signal.throwIfAborted();
      makeAhead();
      if (ahead.length === 0) return null;
      const { position, made } = present(ahead.shift(), 'a batch under way');
      try {
        const { batch, problems } = await orAbort(made, signal);
        tell(problems);
        makeAhead();
        return { ...position, batch };
      } catch (error) {
        await close();
        throw error;
      }
    },
    recycle({ images }) {
      if (spares.length < aheadForEachMaker * makers.length) spares.push(images);
    },
    close,
  };
}
