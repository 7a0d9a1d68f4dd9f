import { Fault } from '@/lib/core/fault';
import type { HostAnswers, HostReply, HostRequest, HostTask } from '@/lib/platform/inference/inference-messages';

type Answer = HostAnswers[keyof HostAnswers];

/**
 * Begins with each of the parent's messages at once and answers them strictly in order: the parent knows by that which task
 * is the oldest, and blames the right one when this process has to be ended. What fails is told as a fault or a defect.
 */
export function serveTasks(run: (task: HostTask) => Promise<Answer>): void {
  let tail: Promise<unknown> = Promise.resolve();
  process.on('message', (request: HostRequest) => {
    const outcome = outcomeOf(request.id, run(request.task));
    tail = tail.then(async () => reply(await outcome));
  });
}

async function outcomeOf(id: number, answer: Promise<Answer>): Promise<HostReply> {
  try {
    return { id, kind: 'done', answer: await answer };
  } catch (error) {
    if (error instanceof Fault) return { id, kind: 'fault', fault: error.toPlain() };
    return { id, kind: 'defect', stack: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

function reply(message: HostReply): void {
  if (process.connected) process.send?.(message);
}
