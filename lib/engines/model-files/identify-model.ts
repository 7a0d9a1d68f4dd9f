import type { ByteSource } from '@/lib/engines/model-files/byte-source';
import type { ModelIdentity } from '@/lib/engines/model-files/model-facts';
import { readHeads } from '@/lib/engines/model-files/read-heads';
import { readOnnxFacts } from '@/lib/engines/model-files/read-onnx-facts';

/**
 * What a dropped model file is: its facts and the ways its outputs can be read. Nothing of it is run. Rejects with the `Fault`s
 * of `readOnnxFacts` and `readHeads`.
 */
export async function identifyModel(source: ByteSource): Promise<ModelIdentity> {
  const facts = await readOnnxFacts(source);
  return { facts, readings: readHeads(facts) };
}
