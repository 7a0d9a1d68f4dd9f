import { convertCheckpoint } from '@/lib/engines/architecture/convert-checkpoint';
import type { ConvertOptions } from '@/lib/engines/architecture/convert-options';
import type { FeatureMap } from '@/lib/engines/architecture/test-support/oracle/feature-map';
import { bytesSource } from '@/lib/engines/model-files/byte-source';
import type { Checkpoint } from '@/lib/engines/model-files/checkpoint/checkpoint';
import { readOnnxFacts } from '@/lib/engines/model-files/read-onnx-facts';
import type { HostTensor, VisionSession } from '@/lib/engines/vision/session';
import { nodeSessionFactory } from '@/lib/platform/runtime/onnx-node-session';

/** A converted network, ready to answer batches of images. */
export type RunningNetwork = { run(...images: readonly FeatureMap[]): Promise<readonly HostTensor[]> };

/** Converts a checkpoint, opens the file in the runtime, and closes it when `use` is done. */
export async function withConverted<T>(
  checkpoint: Checkpoint,
  options: ConvertOptions,
  use: (network: RunningNetwork) => Promise<T>,
): Promise<T> {
  const { bytes } = await convertCheckpoint(checkpoint, options);
  const session = await nodeSessionFactory({ threads: 1 })(bytes, await readOnnxFacts(bytesSource(bytes)));
  try {
    return await use({ run: (...images) => runBatch(session, images) });
  } finally {
    await session.dispose();
  }
}

async function runBatch(session: VisionSession, images: readonly FeatureMap[]): Promise<readonly HostTensor[]> {
  const [{ channels, height, width }] = images;
  const data = Float32Array.from(images.flatMap((image) => [...image.data]));
  const answers = await session.run({
    images: { type: 'float32', data, dims: [images.length, channels, height, width] },
  });
  return Object.keys(answers)
    .sort()
    .map((name) => answers[name]);
}
