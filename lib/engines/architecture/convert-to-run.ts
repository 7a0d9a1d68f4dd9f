import { convertCheckpoint } from '@/lib/engines/architecture/convert-checkpoint';
import { runnableOptions } from '@/lib/engines/architecture/runnable-options';
import type { ByteSource } from '@/lib/engines/model-files/byte-source';
import { openCheckpoint } from '@/lib/engines/model-files/checkpoint/open-checkpoint';

/** The ONNX file that is run for a checkpoint. Rejects with the `Fault`s of `openCheckpoint` and `convertCheckpoint`. */
export async function convertToRun(source: ByteSource): Promise<Uint8Array> {
  const { bytes } = await convertCheckpoint(await openCheckpoint(source), runnableOptions);
  return bytes;
}
