import type { RunSource } from '@/lib/engines/training/loop/saved-training';
import { argumentNames, type TrainingArguments } from '@/lib/engines/training/loop/training-arguments';
import { argsYaml } from '@/lib/engines/training/run-folder/args-yaml';

/** The args.yaml of a run: what it was started with, every default written out. */
export function runArguments({ task, model, data }: RunSource, args: TrainingArguments): string {
  return argsYaml([
    ['task', task],
    ['mode', 'train'],
    ['model', model],
    ['data', data],
    ...argumentNames.map((name) => [name, args[name]] as const),
  ]);
}
