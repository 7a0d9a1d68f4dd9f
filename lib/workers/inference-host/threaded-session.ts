import { Worker } from 'node:worker_threads';
import { Fault } from '@/lib/core/fault';
import type { ModelFacts } from '@/lib/engines/model-files/model-facts';
import type { HostTensor } from '@/lib/engines/vision/session';
import type { ThreadReply, ThreadRequest } from '@/lib/workers/inference-host/session-messages';

/** The program of session-thread.ts, put here when the host is bundled: a host can read no file of ours. */
declare const sessionThreadProgram: string;

export type ThreadedSession = {
  /** Runs are done one after another, in order. `milliseconds` is what the network itself took. Rejects with a `Fault`. */
  run(feeds: Readonly<Record<string, HostTensor>>): Promise<Extract<ThreadReply, { kind: 'ran' }>>;
};

/** Opens a model in a thread of its own, which lives as long as the process. Rejects with the `Fault`s of the runtime. */
export async function openThreadedSession(
  model: Uint8Array,
  facts: ModelFacts,
  threads: number,
): Promise<ThreadedSession> {
  const waiting: { resolve: (reply: ThreadReply) => void; reject: (error: Error) => void }[] = [];
  const thread = new Worker(sessionThreadProgram, { eval: true, execArgv: [] });
  thread.on('message', (reply: ThreadReply) => {
    const task = waiting.shift();
    if (reply.kind === 'fault') task?.reject(new Fault(reply.fault));
    else task?.resolve(reply);
  });
  // Without its thread this process is of no use: the parent starts another one.
  thread.on('error', (error) => {
    console.error(error);
    process.exit(1);
  });

  function ask(request: ThreadRequest): Promise<ThreadReply> {
    return new Promise((resolve, reject) => {
      waiting.push({ resolve, reject });
      thread.postMessage(request);
    });
  }

  await ask({ kind: 'open', model, facts, threads });
  return {
    async run(feeds) {
      const reply = await ask({ kind: 'run', feeds });
      if (reply.kind !== 'ran') throw new Error(`The session's thread answered “${reply.kind}” to a run.`);
      return reply;
    },
  };
}
