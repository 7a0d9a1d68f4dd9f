import { describe, expect, it } from 'vitest';
import { Fault } from '@/lib/core/fault';
import { bytesSource } from '@/lib/engines/model-files/byte-source';
import { openCheckpoint } from '@/lib/engines/model-files/checkpoint/open-checkpoint';
import { tinyTrainedCheckpoint } from '@/lib/engines/model-files/checkpoint/test-support/tiny-checkpoint';
import { recogniseCheckpoint } from '@/lib/engines/model-files/recognise-checkpoint';
import { seededRandom } from '@/lib/engines/model-files/test-support/seeded-random';
import { storedZip, tinyCheckpoint } from '@/lib/engines/model-files/test-support/stored-zip';
import { tinyModel } from '@/lib/engines/model-files/test-support/tiny-models';

const pickle = { name: 'best/data.pkl', bytes: Buffer.from('\x80\x02}.', 'latin1') };
const version = { name: 'best/version', bytes: Buffer.from('3\n') };

function recognise(bytes: Uint8Array) {
  return recogniseCheckpoint(bytesSource(bytes));
}

describe('recognising a PyTorch checkpoint', () => {
  it('takes the zip that torch writes, with and without ZIP64 records and a comment', async () => {
    expect(await recognise(tinyCheckpoint())).toBe('zip');
    expect(await recognise(storedZip([pickle, version], { wide: true }))).toBe('zip');
    const commented = Buffer.from(tinyCheckpoint());
    commented.writeUInt16LE(3, commented.length - 2);
    expect(await recognise(Buffer.concat([commented, Buffer.from('abc')]))).toBe('zip');
  });

  it('takes the pickles of torch before 1.6 by the magic number', async () => {
    const legacy = Buffer.from('80028a0a6cfc9c46f9206aa850192e80024de903', 'hex');
    expect(await recognise(legacy)).toBe('legacy');
    expect(await recognise(legacy.subarray(0, 10))).toBeNull();
  });

  it('leaves everything that is no zip to others', async () => {
    for (const bytes of [new Uint8Array(), Buffer.from('hello'), Buffer.from('\x80\x04.', 'latin1'), tinyModel()]) {
      expect(await recognise(bytes)).toBeNull();
    }
  });

  it.each([
    ['a zip without a pickle', storedZip([version]), 'no data.pkl'],
    ['a pickle in no folder', storedZip([{ ...pickle, name: 'data.pkl' }]), 'no data.pkl'],
    ['TorchScript', storedZip([pickle, { name: 'best/constants.pkl', bytes: pickle.bytes }]), 'TorchScript'],
    ['code', storedZip([pickle, { name: 'best/code/net.py', bytes: version.bytes }]), 'TorchScript'],
    ['a data.pkl that is no pickle', storedZip([{ ...pickle, bytes: Buffer.from('#!/bin/sh') }]), 'no pickle'],
    [
      'a zip bomb',
      storedZip([
        pickle,
        { name: 'best/data/0', bytes: Buffer.alloc(40), claims: { method: 8, sizeBytes: 0xfffffff0 } },
      ]),
      'compressed',
    ],
    [
      'an entry that claims to be larger than it is',
      storedZip([pickle, { name: 'best/data/0', bytes: Buffer.alloc(40), claims: { sizeBytes: 0xfffffff0 } }]),
      'compressed',
    ],
  ])('refuses %s', async (_, bytes, words) => {
    await expect(recognise(bytes)).rejects.toThrow(words);
  });

  it('refuses an archive whose end is missing', async () => {
    const whole = tinyCheckpoint();
    await expect(recognise(whole.subarray(0, whole.length - 1))).rejects.toMatchObject({ code: 'model-truncated' });
  });

  it('answers any damage with a refusal, never a crash', async () => {
    const random = seededRandom(7);
    const originals = [tinyCheckpoint(), storedZip([pickle, version], { wide: true })];
    for (let round = 0; round < 2000; round++) {
      const bytes = Uint8Array.from(originals[round % 2]);
      for (let change = 0; change < 1 + (round % 5); change++) {
        bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
      }
      const outcome = await recognise(bytes).catch((error: unknown) => (error instanceof Error ? error.name : error));
      expect(['zip', null, 'Fault']).toContain(outcome);
    }
  });
});

describe('recognising and opening', () => {
  it.each([
    ['TorchScript', storedZip([pickle, { name: 'best/constants.pkl', bytes: pickle.bytes }])],
    ['a zip without a pickle', storedZip([version])],
    ['a packed entry', storedZip([{ ...pickle, claims: { method: 8 } }])],
    ['two roots', storedZip([pickle, { ...pickle, name: 'other/data.pkl' }])],
    ['a file cut off', tinyCheckpoint().subarray(0, 60)],
  ])('refuse %s in the same words', async (_, bytes) => {
    const refusals = await Promise.allSettled([recognise(bytes), openCheckpoint(bytesSource(bytes))]);
    const [recognised, opened] = refusals.map((refusal) => (refusal.status === 'rejected' ? refusal.reason : null));
    expect(recognised).toBeInstanceOf(Fault);
    expect(opened).toEqual(recognised);
  });

  it('agree on a checkpoint', async () => {
    const bytes = tinyTrainedCheckpoint();
    expect(await recognise(bytes)).toBe('zip');
    expect((await openCheckpoint(bytesSource(bytes))).sizeBytes).toBe(bytes.byteLength);
  });
});
