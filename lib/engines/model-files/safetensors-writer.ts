import { assert } from '@/lib/core/assert';
import { namedTensors } from '@/lib/engines/model-files/checkpoint/check-weights';
import type { Checkpoint, CheckpointTensor, TorchDtype } from '@/lib/engines/model-files/checkpoint/checkpoint';
import { damagedCheckpoint } from '@/lib/engines/model-files/checkpoint/checkpoint-faults';
import { tensorBytes } from '@/lib/engines/model-files/checkpoint/torch-storage';

/** The names that the format gives element types. */
const dtypeNames: Readonly<Record<TorchDtype, string>> = {
  float16: 'F16',
  float32: 'F32',
  bfloat16: 'BF16',
  float64: 'F64',
  int64: 'I64',
  int32: 'I32',
  int16: 'I16',
  int8: 'I8',
  uint8: 'U8',
  bool: 'BOOL',
};

const alignmentBytes = 8;

/** The key that the format keeps for words about the file. */
const metadataKey = '__metadata__';

/**
 * Writes tensors in the safetensors format, in their order, each in the type it has: eight bytes with the length of the header,
 * the header (JSON, filled up with spaces so that the numbers begin at a multiple of eight), the numbers row-major and
 * little-endian. Rejects with the `Fault` of a tensor that cannot be read.
 * Format: https://github.com/huggingface/safetensors#format
 */
export async function writeSafetensors(
  tensors: ReadonlyMap<string, CheckpointTensor>,
  metadata: Readonly<Record<string, string>>,
): Promise<Uint8Array> {
  const header: [string, unknown][] = [[metadataKey, metadata]];
  let end = 0;
  for (const [name, tensor] of tensors) {
    if (name === metadataKey)
      throw damagedCheckpoint(`a weight has the name ${metadataKey}, which safetensors keeps for itself`);
    const start = end;
    end += tensorBytes(tensor);
    header.push([name, { dtype: dtypeNames[tensor.dtype], shape: tensor.shape, data_offsets: [start, end] }]);
  }
  const words = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)));
  const headerBytes = Math.ceil(words.byteLength / alignmentBytes) * alignmentBytes;
  const file = new Uint8Array(8 + headerBytes + end);
  new DataView(file.buffer).setBigUint64(0, BigInt(headerBytes), true);
  file.fill(0x20, 8, 8 + headerBytes);
  file.set(words, 8);
  let position = 8 + headerBytes;
  for (const tensor of tensors.values()) {
    const bytes = await tensor.read();
    assert(bytes.byteLength === tensorBytes(tensor), 'a tensor has as many bytes as its shape says');
    file.set(bytes, position);
    position += bytes.byteLength;
  }
  return file;
}

/** The weights of a checkpoint's network by the names of torch's `state_dict`, as `writeSafetensors` takes them. */
export function stateDict({ model }: Checkpoint): ReadonlyMap<string, CheckpointTensor> {
  return new Map(namedTensors(model));
}
