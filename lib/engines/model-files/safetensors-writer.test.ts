import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bytesSource } from '@/lib/engines/model-files/byte-source';
import { openCheckpoint } from '@/lib/engines/model-files/checkpoint/open-checkpoint';
import { eighths, tinyTrainedCheckpoint } from '@/lib/engines/model-files/checkpoint/test-support/tiny-checkpoint';
import { writeCheckpoint } from '@/lib/engines/model-files/checkpoint/test-support/write-checkpoint';
import { toFloat32 } from '@/lib/engines/model-files/checkpoint/to-float32';
import { stateDict, writeSafetensors } from '@/lib/engines/model-files/safetensors-writer';
import { readSafetensors } from '@/lib/engines/model-files/test-support/read-safetensors';

const fixture = new URL('../../../../shared/fixtures/models/yolov8n-shapes-det.pt', import.meta.url);

async function safetensorsOf(bytes: Uint8Array, metadata: Record<string, string> = {}) {
  return readSafetensors(await writeSafetensors(stateDict(await openCheckpoint(bytesSource(bytes))), metadata));
}

describe('writing safetensors', () => {
  it('keeps names, types, shapes and numbers', async () => {
    const { tensors, metadata } = await safetensorsOf(tinyTrainedCheckpoint(), { format: 'pt', note: 'à “b”' });
    expect(metadata).toEqual({ format: 'pt', note: 'à “b”' });
    expect([...tensors.keys()].slice(0, 3)).toEqual(['model.0.conv.weight', 'model.0.bn.weight', 'model.0.bn.bias']);
    const weight = tensors.get('model.1.conv.weight');
    expect(weight).toMatchObject({ dtype: 'F16', shape: [4, 8, 1, 1] });
    expect(toFloat32(weight?.bytes ?? new Uint8Array(), 'float16')).toEqual(eighths(4, 8).values);
    expect(tensors.get('model.0.bn.num_batches_tracked')).toMatchObject({ dtype: 'I64', shape: [] });
  });

  it('knows every type of numbers that the reader knows', async () => {
    const dtypes = [
      'float16',
      'float32',
      'bfloat16',
      'float64',
      'int64',
      'int32',
      'int16',
      'int8',
      'uint8',
      'bool',
    ] as const;
    const parameters = Object.fromEntries(
      dtypes.map((dtype) => [dtype, { dtype, shape: [3], values: Float32Array.of(1, 0, 1) }]),
    );
    const className = 'ultralytics.nn.tasks.DetectionModel';
    const layers = { className: 'torch.nn.modules.container.Sequential' };
    const { tensors } = await safetensorsOf(
      writeCheckpoint({ model: { className, parameters, children: { model: layers } } }),
    );
    expect([...tensors.values()].map(({ dtype }) => dtype)).toEqual([
      'F16',
      'F32',
      'BF16',
      'F64',
      'I64',
      'I32',
      'I16',
      'I8',
      'U8',
      'BOOL',
    ]);
    for (const dtype of dtypes) {
      expect(toFloat32(tensors.get(dtype)?.bytes ?? new Uint8Array(), dtype)).toEqual(Float32Array.of(1, 0, 1));
    }
  });

  it('writes a file without tensors', async () => {
    expect(readSafetensors(await writeSafetensors(new Map(), {})).tensors.size).toBe(0);
  });

  it.skipIf(!existsSync(fixture))('writes all weights of a trained model', async () => {
    const bytes = new Uint8Array(readFileSync(fixture));
    const checkpoint = await openCheckpoint(bytesSource(bytes));
    const { tensors } = await safetensorsOf(bytes);
    expect(tensors.size).toBe(355);
    for (const [name, tensor] of stateDict(checkpoint)) {
      expect(Buffer.compare(tensors.get(name)?.bytes ?? new Uint8Array(), await tensor.read())).toBe(0);
    }
  });
});
