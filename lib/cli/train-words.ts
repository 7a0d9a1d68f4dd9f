import { assignedWords } from '@/lib/cli/assigned-words';
import { invalid } from '@/lib/cli/command-words';
import {
  argumentNames,
  readArguments,
  type TrainingArguments,
  unknownArgument,
} from '@/lib/engines/training/loop/training-arguments';
import { type TrainingTask, trainingTasks } from '@/lib/engines/training/loop/training-data';

/** What is trained: one of our own networks, fresh, or a file. */
export type TrainedModel =
  | { readonly kind: 'fresh'; readonly size: 'n' | 's'; readonly name: string }
  | { readonly kind: 'file'; readonly path: string };

export type NewRun = {
  readonly kind: 'new';
  readonly model: TrainedModel;
  /** As it was typed: a data.yaml or a folder of classes. */
  readonly data: string;
  /** Null: as the model, or the layout of the data, says. */
  readonly task: TrainingTask | null;
  readonly args: TrainingArguments;
  /** Folder of runs; null for runs/TASK. */
  readonly project: string | null;
  readonly name: string;
  readonly existOk: boolean;
};

export type ResumedRun = {
  readonly kind: 'resume';
  /** Path of a last.ckpt as it was typed. */
  readonly state: string;
  /** Where the data set lies now, as it was typed; null for where it was. */
  readonly data: string | null;
  /** Texts of the few arguments that may differ from those of the run. */
  readonly changes: ReadonlyMap<string, string>;
};

export type TrainRequest = NewRun | ResumedRun;

/** Endings by which the field tells the networks of its tasks. */
const taskSuffixes: ReadonlyMap<string, TrainingTask> = new Map([
  ['seg', 'segment'],
  ['pose', 'pose'],
  ['obb', 'obb'],
  ['cls', 'classify'],
]);

const runNames = ['model', 'data', 'task', 'project', 'name', 'exist_ok', 'resume'] as const;

/** What changes neither the batches nor the steps of a run. */
const changeable: ReadonlySet<string> = new Set([
  'threads',
  'workers',
  'cache',
  'plots',
  'patience',
  'save_period',
  'half',
]);

/** Reads what stands behind `sightline train`. Throws a `Fault` (`input-invalid`). */
export function parseTrain(words: readonly string[]): TrainRequest {
  const values = assignedWords(words, 'train');
  const taken = (name: (typeof runNames)[number]): string | null => {
    const value = values.get(name) ?? null;
    values.delete(name);
    return value;
  };
  const [model, data, task, project, name, existOk, resume] = runNames.map(taken);
  const known = new Set<string>(argumentNames);
  for (const word of values.keys()) if (!known.has(word)) throw unknownArgument(word, runNames);
  const state = resumedState(resume, model);
  if (state !== null) {
    const fixed = Object.entries({ task, project, name, exist_ok: existOk }).find(([, value]) => value !== null);
    if (fixed !== undefined) throw fixedArgument(fixed[0]);
    return { kind: 'resume', state, data, changes: checkedChanges(values) };
  }
  const args = readArguments(values);
  const trained = modelOf(model ?? 'sightline-n');
  const wanted = task === null ? trained.task : taskOf(task);
  if (trained.task !== null && wanted !== trained.task) {
    throw invalid(`“${model}” is for ${trained.task}, and task is ${wanted}.`, 'Leave task out, or correct the model.');
  }
  if (data === null || data === '') {
    throw invalid('There is no data to train on.', 'Give a data.yaml, or a folder of classes: data=data.yaml.');
  }
  return {
    kind: 'new',
    model: trained.model,
    data,
    task: wanted,
    args,
    project: project || null,
    name: folderName(name ?? 'train'),
    existOk: truth('exist_ok', existOk),
  };
}

/** `resume=last.ckpt`, or `model=last.ckpt resume=True` as the field has it. */
function resumedState(resume: string | null, model: string | null): string | null {
  if (resume === null || /^(false|0|none|)$/i.test(resume)) return null;
  if (!/^(true|1)$/i.test(resume)) return resume;
  if (model !== null && /\.ckpt$/i.test(model)) return model;
  throw invalid('resume does not say which run.', 'Name its state: resume=runs/detect/train/weights/last.ckpt.');
}

function checkedChanges(values: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const fixed = [...values.keys()].find((name) => !changeable.has(name));
  if (fixed === undefined) return values;
  throw fixedArgument(fixed);
}

function fixedArgument(name: string) {
  return invalid(
    `A run that is resumed keeps its own ${name}.`,
    `Leave ${name} out, or begin a new run from its weights: model=last.ckpt.`,
  );
}

function modelOf(text: string): { model: TrainedModel; task: TrainingTask | null } {
  const [, size, suffix] = /^sightline-([ns])(?:-([a-z]+))?$/i.exec(text) ?? [];
  const task = suffix === undefined ? null : taskSuffixes.get(suffix.toLowerCase());
  if (size !== undefined && task !== undefined) {
    return { model: { kind: 'fresh', size: size.toLowerCase() === 'n' ? 'n' : 's', name: text.toLowerCase() }, task };
  }
  if (/\.(pt|pth|ckpt)$/i.test(text)) return { model: { kind: 'file', path: text }, task: null };
  if (/\.onnx$/i.test(text)) {
    throw invalid(
      `“${text}” is an ONNX file, which can be run but not trained.`,
      'Give the checkpoint it was made from (.pt), or a last.ckpt.',
    );
  }
  throw invalid(
    `There is no network “${text}”.`,
    'Give sightline-n or sightline-s, or a checkpoint: a .pt file or a last.ckpt.',
  );
}

function taskOf(text: string): TrainingTask {
  const task = trainingTasks.find((known) => known === text.toLowerCase());
  if (task !== undefined) return task;
  throw invalid(
    `task must be one of ${trainingTasks.join(', ')}, not “${text}”.`,
    'Leave task out for that of the model.',
  );
}

/** One folder below the project: neither a path, nor a name that some system keeps for itself. */
function folderName(text: string): string {
  const isOne = /^[^/\\:*?"<>|\0]+$/.test(text) && !/^\.+$/.test(text) && text.length <= 100;
  if (isOne) return text;
  throw invalid(`name must be the name of a folder, not “${text}”.`, 'For example: name=birds.');
}

function truth(name: string, text: string | null): boolean {
  if (text === null || /^(false|0)$/i.test(text)) return false;
  if (/^(true|1)$/i.test(text)) return true;
  throw invalid(`${name} must be True or False, not “${text}”.`, `Leave ${name} out for False.`);
}
