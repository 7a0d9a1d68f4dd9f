import type { ConversionProgress, ConversionTarget } from '@/lib/browser/vision-protocol';
import { stopIfCancelled, type WorkWatch } from '@/lib/browser/work-watch';
import { convertCheckpoint } from '@/lib/engines/architecture/convert-checkpoint';
import type { ConvertOptions } from '@/lib/engines/architecture/convert-options';
import { blobSource } from '@/lib/engines/model-files/byte-source';
import type { Checkpoint } from '@/lib/engines/model-files/checkpoint/checkpoint';
import { openCheckpoint } from '@/lib/engines/model-files/checkpoint/open-checkpoint';
import { stateDict, writeSafetensors } from '@/lib/engines/model-files/safetensors-writer';

/** Less than this much more of the weights is not worth telling. */
const leastNewShare = 0.04;

/**
 * A checkpoint in another format. Rejects with the `Fault`s of `openCheckpoint` and `convertCheckpoint`, and with `cancelled` soon
 * after the signal aborts. The network builder that it needs is large, so the worker loads this file with the first checkpoint.
 */
export async function convertFile(
  file: Blob,
  target: ConversionTarget,
  watch: WorkWatch<ConversionProgress>,
): Promise<Blob> {
  const checkpoint = await openCheckpoint(blobSource(file));
  stopIfCancelled(watch.signal);
  return blobOf(await write(checkpoint, target, watch));
}

function write(
  checkpoint: Checkpoint,
  target: ConversionTarget,
  watch: WorkWatch<ConversionProgress>,
): Promise<Uint8Array> {
  // The mark by which other readers know that the names are PyTorch's.
  if (target.format === 'safetensors') return writeSafetensors(stateDict(checkpoint), { format: 'pt' });
  return writeOnnx(checkpoint, target.options, watch);
}

async function writeOnnx(
  checkpoint: Checkpoint,
  options: ConvertOptions,
  { onProgress, signal }: WorkWatch<ConversionProgress>,
): Promise<Uint8Array> {
  onProgress({ step: 'building', share: 0 });
  let told = 0;
  const { bytes } = await convertCheckpoint(checkpoint, options, (share) => {
    stopIfCancelled(signal);
    if (share === 1) return onProgress({ step: 'writing', share });
    // The page draws each of these; a thousand tensors need not be a thousand pictures.
    if (share - told < leastNewShare) return;
    told = share;
    onProgress({ step: 'weights', share });
  });
  return bytes;
}

/** Memory that threads share cannot go into a blob; none comes out of the writers, so nothing is copied first. */
function blobOf({ buffer, byteOffset, byteLength }: Uint8Array): Blob {
  const bytes = buffer instanceof ArrayBuffer ? buffer : new Uint8Array(buffer).slice().buffer;
  return new Blob([new Uint8Array(bytes, byteOffset, byteLength)]);
}
