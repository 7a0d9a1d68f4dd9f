// The thread that a model's network runs in: ONNX Runtime holds the thread it is called on until it is done, and meanwhile the
// main one reads messages, lays out the next image and interprets the last one's outputs.
import { parentPort } from 'node:worker_threads';
import { Fault } from '@/lib/core/fault';
import type { ModelFacts } from '@/lib/engines/model-files/model-facts';
import type { VisionSession } from '@/lib/engines/vision/session';
import { nodeSessionFactory } from '@/lib/platform/runtime/onnx-node-session';
import type { ThreadReply, ThreadRequest } from '@/lib/workers/inference-host/session-messages';

let session: VisionSession | null = null;
let tail: Promise<void> = Promise.resolve();

parentPort?.on('message', (request: ThreadRequest) => {
  tail = tail.then(() => answer(request));
});

async function answer(request: ThreadRequest): Promise<void> {
  try {
    if (request.kind === 'open') await open(request.model, request.facts, request.threads);
    else await run(request.feeds);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    reply({ kind: 'fault', fault: error.toPlain() }, []);
  }
}

async function open(model: Uint8Array, facts: ModelFacts, threads: number): Promise<void> {
  session = await nodeSessionFactory({ threads })(model, facts);
  reply({ kind: 'opened' }, []);
}

async function run(feeds: Extract<ThreadRequest, { kind: 'run' }>['feeds']): Promise<void> {
  const started = performance.now();
  const outputs = (await session?.run(feeds)) ?? {};
  const milliseconds = performance.now() - started;
  // An output that is a view into a larger buffer is copied; the others change hands.
  const owned = Object.values(outputs).flatMap(({ data }) => {
    const { buffer } = data;
    return buffer instanceof ArrayBuffer && buffer.byteLength === data.byteLength ? [buffer] : [];
  });
  reply({ kind: 'ran', outputs, milliseconds }, [...new Set(owned)]);
}

function reply(message: ThreadReply, transfer: readonly ArrayBuffer[]): void {
  parentPort?.postMessage(message, transfer);
}
