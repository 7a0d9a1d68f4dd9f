import { describe, expect, it } from 'vitest';
import { Fault } from '@/lib/core/fault';
import { type ByteSource, bytesSource } from '@/lib/engines/model-files/byte-source';
import { identifyModel } from '@/lib/engines/model-files/identify-model';
import { ProtobufWriter } from '@/lib/engines/model-files/protobuf-writer';
import { seededRandom } from '@/lib/engines/model-files/test-support/seeded-random';
import { tinyModel } from '@/lib/engines/model-files/test-support/tiny-models';

const models = [tinyModel({ task: 'pose' }), tinyModel({ task: 'semantic' }), tinyModel({ metadata: 'none' })];

/** Facts or a `Fault`, and never a read of more bytes than the file has. */
async function survives(bytes: Uint8Array): Promise<'facts' | 'fault'> {
  const inner = bytesSource(bytes);
  const guarded: ByteSource = {
    sizeBytes: inner.sizeBytes,
    read(offset, length) {
      expect(offset >= 0 && length >= 0 && offset + length <= bytes.byteLength).toBe(true);
      return inner.read(offset, length);
    },
  };
  try {
    await identifyModel(guarded);
    return 'facts';
  } catch (error) {
    expect(error).toBeInstanceOf(Fault);
    return 'fault';
  }
}

describe('identifyModel on damaged files', () => {
  it('answers facts or a fault for seeded samples of flipped bytes', async () => {
    const random = seededRandom(1);
    const outcomes = new Set<string>();
    for (let round = 0; round < 900; round += 1) {
      const damaged = (models[round % models.length] ?? new Uint8Array()).slice();
      const flips = 1 + Math.floor(random() * 3);
      for (let flip = 0; flip < flips; flip += 1) {
        damaged[Math.floor(random() * damaged.byteLength)] = Math.floor(random() * 256);
      }
      outcomes.add(await survives(damaged));
    }
    expect(outcomes).toEqual(new Set(['facts', 'fault']));
  });

  it('answers a fault for every cut of a small model', async () => {
    const whole = tinyModel({ task: 'depth' });
    const opsetEnd = whole.byteLength - 400;
    for (let length = 0; length < opsetEnd; length += 1) {
      expect([length, await survives(whole.slice(0, length))]).toEqual([length, 'fault']);
    }
    for (let length = opsetEnd; length < whole.byteLength; length += 1) await survives(whole.slice(0, length));
  });

  it('answers a fault for random bytes', async () => {
    const random = seededRandom(2);
    for (let round = 0; round < 300; round += 1) {
      const bytes = Uint8Array.from({ length: 64 + Math.floor(random() * 500) }, () => Math.floor(random() * 256));
      expect(await survives(bytes)).toBe('fault');
      bytes.set([0x08, 0x08], 0);
      expect(await survives(bytes)).toBe('fault');
    }
  });

  it('does not believe dims, counts and depths that only claim to be huge', async () => {
    const dims = new ProtobufWriter().packedVarints(1, [2 ** 50, 2 ** 50, 2 ** 50]).varint(2, 1);
    const graph = new ProtobufWriter().message(5, dims);
    const huge = new ProtobufWriter().varint(1, 8).message(7, graph).message(8, new ProtobufWriter().varint(2, 17));
    expect(await survives(huge.finish())).toBe('fault');

    let nested = new ProtobufWriter();
    for (let level = 0; level < 2_000; level += 1) {
      const attribute = new ProtobufWriter().message(6, nested);
      nested = new ProtobufWriter().message(1, new ProtobufWriter().message(5, attribute));
    }
    expect(await survives(new ProtobufWriter().varint(1, 8).text(2, 'x').message(7, nested).finish())).toBe('fault');
  });
});
