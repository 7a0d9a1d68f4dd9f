// The thread that batches are made in: decoding and augmenting go on while the network is trained.
import { parentPort, workerData } from 'node:worker_threads';
import { Fault } from '@/lib/core/fault';
import type { MadeBatch } from '@/lib/engines/training/batch/batch-maker';
import { createLocalBatchMaker } from '@/lib/engines/training/batch/local-batch-maker';
import { diskFileTree } from '@/lib/platform/files/disk-file-tree';
import { decodeFromTree } from '@/lib/platform/training/decode-from-tree';
import type { LoaderReply, LoaderRequest, LoaderThreadData } from '@/lib/platform/training/loader-messages';

const { set, plan, cacheBytes }: LoaderThreadData = workerData;
const maker = createLocalBatchMaker({ set, plan, cacheBytes, decode: decodeFromTree(diskFileTree) });

parentPort?.on('message', (request: LoaderRequest) => {
  void answer(request);
});

async function answer({ number, position, spare }: LoaderRequest): Promise<void> {
  try {
    const made = await maker.make(position, spare);
    reply({ kind: 'made', number, made }, buffersOf(made));
  } catch (error) {
    if (error instanceof Fault) reply({ kind: 'fault', number, fault: error.toPlain() }, []);
    else
      reply(
        { kind: 'error', number, message: error instanceof Error ? (error.stack ?? error.message) : String(error) },
        [],
      );
  }
}

/** Buffers change hands rather than being copied. */
function buffersOf({ batch }: MadeBatch): ArrayBuffer[] {
  const arrays =
    batch.task === 'classify'
      ? [batch.images, batch.classIds]
      : [batch.images, batch.classIds, batch.boxes, batch.keypoints, batch.masks];
  return arrays.flatMap((array) => (array?.buffer instanceof ArrayBuffer ? [array.buffer] : []));
}

function reply(message: LoaderReply, transfer: readonly ArrayBuffer[]): void {
  parentPort?.postMessage(message, transfer);
}
