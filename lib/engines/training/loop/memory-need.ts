import { Fault } from '@/lib/core/fault';
import { elementCount } from '@/lib/engines/graph/extent';
import type { TrainingNetwork } from '@/lib/engines/training/network/build-training-network';

/** What a training step takes, in bytes. */
export type MemoryNeed = {
  /** For each image of the batch: what the forward pass makes is kept for the way back. */
  readonly perImage: number;
  /** Whatever the batch. */
  readonly fixed: number;
};

/**
 * Measured on whole steps (sightline-n at 256 and 320 pixels, batches of 8 and 16): the peak is this share of all that the forward
 * pass makes, and a rest.
 */
const keptShare = 1.1;
const restBytes = 150e6;

/** Vectors as long as the parameters, of four bytes a number, that are there at once while they change. */
const vectorCount = 12;

/** An estimate from the graph of the network before its loss and its gradients are added. */
export function memoryNeed({ graph, batch, layout }: TrainingNetwork): MemoryNeed {
  let made = 0;
  for (const { outputs } of graph.operations()) {
    for (const { shape } of outputs) {
      const count = elementCount(shape);
      // All else is as long as the parameters, or short.
      if (typeof count === 'number' && shape[0] === batch) made += count * 4;
    }
  }
  return { perImage: (made * keptShare) / batch, fixed: restBytes + layout.parameterCount * 4 * vectorCount };
}

/** Throws a `Fault` (`out-of-memory`) that says which batch fits, where this one does not. */
export function checkMemory({ perImage, fixed }: MemoryNeed, batch: number, availableBytes: number): void {
  const needed = fixed + perImage * batch;
  if (needed <= availableBytes) return;
  const fitting = Math.floor((availableBytes - fixed) / perImage);
  throw new Fault({
    code: 'out-of-memory',
    found: `A batch of ${batch} images needs about ${gigabytes(needed)} of memory, and ${gigabytes(availableBytes)} are free.`,
    remedy: fitting >= 1 ? `Train with batch=${fitting}, or with a smaller imgsz.` : 'Train with a smaller imgsz.',
  });
}

/** What the runtime’s own lack of memory is told as; other errors stay what they are. */
export function memoryFault(error: unknown, { perImage, fixed }: MemoryNeed, batch: number): unknown {
  if (!(error instanceof Fault) || error.code !== 'out-of-memory') return error;
  const fault = {
    code: 'out-of-memory',
    found: `The memory was not enough for a batch of ${batch} images, which needs about ${gigabytes(fixed + perImage * batch)}.`,
    remedy:
      batch > 1 ? `Train with batch=${Math.floor(batch / 2)}, or with a smaller imgsz.` : 'Train with a smaller imgsz.',
  } as const;
  return new Fault(fault, { cause: error });
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
