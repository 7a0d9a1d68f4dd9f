import { Fault } from '@/lib/core/fault';
import { type Task, tasks } from '@/lib/core/task';
import type { DialectName } from '@/lib/engines/vision/dialects/dialect';

const boxTasks = ['detect', 'segment', 'pose', 'obb', 'classify'] as const;

/** What each dialect has words for. A task that is missing here is refused, never written with something left out. */
export const dialectTasks: Readonly<Record<DialectName, readonly Task[]>> = {
  ultralytics: tasks,
  platform: boxTasks,
  'platform-images': tasks,
  hub: boxTasks,
  'hub-legacy': boxTasks,
  yololabel: ['detect'],
  'yolo-js': tasks,
  roboflow: ['detect', 'segment', 'pose', 'classify', 'semantic'],
  huggingface: ['detect', 'segment', 'classify', 'semantic'],
  kserve: tasks,
  supervision: boxTasks,
};

/** The dialects that can express a task, in the order of the table. */
export function dialectsFor(task: Task): DialectName[] {
  return dialectNames.filter((name) => dialectTasks[name].includes(task));
}

/** The fault of asking a dialect for a task it has no words for; names the dialects that do. */
export function refusedTask(dialect: DialectName, task: Task): Fault {
  return new Fault({
    code: 'input-invalid',
    found: `The format “${dialect}” has no way to write a ${task} result; it covers ${dialectTasks[dialect].join(', ')}.`,
    remedy: `Choose one that does: ${dialectsFor(task).join(', ')}.`,
  });
}

const dialectNames = Object.keys(dialectTasks) as DialectName[];
