import { join } from 'node:path';
import { metricsTable } from '@/lib/cli/metrics-table';
import type { Output } from '@/lib/cli/output';
import { durationText } from '@/lib/cli/train-report';
import type { TrainingResult } from '@/lib/engines/training/loop/train-model';
import { runFiles } from '@/lib/engines/training/run-folder/run-store';
import { hasRunFile } from '@/lib/platform/training/run-store';

type Told = {
  readonly output: Output;
  readonly errors: Output;
  /** Absolute path of the run's folder, and how people are told it. */
  readonly runFolder: string;
  readonly shown: string;
  /** Of the classes, by index. */
  readonly names: readonly string[];
};

/** Tells how a run ended, and of its files those that are there: what could not be saved is not promised. */
export async function tellTrainResult(
  { reason, progress, fault, scores }: TrainingResult,
  { output, errors, runFolder, shown, names }: Told,
): Promise<void> {
  if (reason === 'cancelled') {
    const isSaved = await hasRunFile(runFolder, runFiles.state);
    const next = isSaved ? ` Go on with: sightline train resume=${join(shown, runFiles.state)}` : '';
    await output.write(`Stopped in epoch ${progress.epoch + 1}.${next}\n`);
    return;
  }
  if (fault !== null) await errors.writeLine(`sightline: ${fault.message}`);
  if (reason === 'patience') await output.write('No better epoch for a long time: training ends here.\n');
  const best = progress.best === null ? '' : `; the best one was ${progress.best.epoch}`;
  await output.write(`${progress.rows.length} epochs in ${durationText(progress.seconds)}${best}\n`);
  if (scores !== null) await output.write(metricsTable(scores, names));
  const hasModel = progress.best !== null && (await hasRunFile(runFolder, runFiles.best));
  const model = hasModel ? `The model is ${join(shown, runFiles.best)}; all files` : 'There is no model; the files';
  await output.write(`${model} of the run are in ${shown}\n`);
}
