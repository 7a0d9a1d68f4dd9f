import { convertCheckpoint } from '@/lib/engines/architecture/convert-checkpoint';
import type { Checkpoint } from '@/lib/engines/model-files/checkpoint/checkpoint';
import { stateDict, writeSafetensors } from '@/lib/engines/model-files/safetensors-writer';
import type { RunKeeper } from '@/lib/engines/training/loop/trainee';
import type { TrainingEvent } from '@/lib/engines/training/loop/training-event';
import type { TrainingProgress } from '@/lib/engines/training/loop/training-progress';
import { resultsPlot } from '@/lib/engines/training/plots/results-plot';
import { resultsCsv } from '@/lib/engines/training/run-folder/results-csv';
import { type RunStore, runFiles } from '@/lib/engines/training/run-folder/run-store';

type Keeping = {
  readonly store: RunStore;
  readonly tell: (event: TrainingEvent) => void;
  /** The checkpoint with the averaged weights as they are now. */
  readonly averaged: () => Checkpoint;
  /** The whole state as a file. */
  readonly stateFile: (progress: TrainingProgress) => Promise<Uint8Array>;
  readonly imgsz: number;
  /** Whether models are written in half precision. */
  readonly half: boolean;
  readonly plots: boolean;
};

/** Keeps what a run comes to in the files of its folder. */
export function createRunKeeper({ store, tell, averaged, stateFile, imgsz, half, plots }: Keeping): RunKeeper {
  async function write(name: string, content: Uint8Array | string): Promise<void> {
    await store.write(name, content);
    tell({ kind: 'saved', file: name });
  }

  async function writeModel(name: string): Promise<void> {
    const { bytes } = await convertCheckpoint(averaged(), { imgsz, half });
    await write(name, bytes);
  }

  return {
    saveState: async (progress) => write(runFiles.state, await stateFile(progress)),
    async saveBest() {
      await writeModel(runFiles.best);
      await write(runFiles.bestWeights, await writeSafetensors(stateDict(averaged()), { format: 'pt' }));
    },
    saveEpoch: (epoch) => writeModel(`weights/epoch${epoch}.onnx`),
    async saveResults({ rows }) {
      await write(runFiles.results, resultsCsv(rows));
      const plot = plots ? resultsPlot(rows) : null;
      if (plot !== null) await write(runFiles.resultsPlot, plot);
    },
  };
}
