import { describe, expect, it } from 'vitest';
import { bytesSource } from '@/lib/engines/model-files/byte-source';
import { openArchive } from '@/lib/engines/model-files/checkpoint/checkpoint-archive';
import { zipOf } from '@/lib/engines/model-files/checkpoint/test-support/write-checkpoint';
import { type TensorView, TorchStorages } from '@/lib/engines/model-files/checkpoint/torch-storage';
import { storedZip } from '@/lib/engines/model-files/test-support/stored-zip';

const pickle = Buffer.from('\x80\x02}.', 'latin1');
const twelve = Uint8Array.from({ length: 12 }, (_, index) => index);

async function storages(bytes = zipOf(pickle, [twelve])): Promise<TorchStorages> {
  return new TorchStorages(await openArchive(bytesSource(bytes)));
}

function view(changes: Partial<TensorView>): TensorView {
  return { dtype: 'uint8', shape: [3, 4], stride: [4, 1], offset: 0, storageKey: '0', ...changes };
}

describe('tensors over a storage', () => {
  it.each([
    ['row-major', {}, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]],
    ['transposed', { shape: [4, 3], stride: [1, 4] }, [0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11]],
    ['channels-last', { shape: [1, 3, 2, 2], stride: [12, 1, 6, 3] }, [0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11]],
    ['a part', { shape: [2], stride: [1], offset: 5 }, [5, 6]],
    ['every other', { shape: [3], stride: [2], offset: 1 }, [1, 3, 5]],
    ['repeated', { shape: [3], stride: [0], offset: 7 }, [7, 7, 7]],
    ['a scalar', { shape: [], stride: [], offset: 11 }, [11]],
    ['nothing', { shape: [0, 4], stride: [4, 1] }, []],
    [
      'an odd stride along an axis of one',
      { shape: [1, 12], stride: [999, 1] },
      [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
    ],
    ['of two bytes', { dtype: 'int16', shape: [2, 2], stride: [1, 3] }, [0, 1, 6, 7, 2, 3, 8, 9]],
  ] as const)('read %s', async (_, changes, expected) => {
    const tensor = (await storages()).tensor(view(changes));
    expect([...(await tensor.read())]).toEqual(expected);
  });

  it.each([
    ['more than it holds', { shape: [13], stride: [1] }, '13 elements'],
    ['behind its end', { shape: [2], stride: [11], offset: 1 }, 'reaches to element 13'],
    ['an offset behind its end', { shape: [1], stride: [1], offset: 2 ** 52 }, 'reaches to element'],
    [
      'a huge shape that repeats one element',
      { shape: [2 ** 25, 2 ** 25], stride: [0, 0] },
      '1125899906842624 elements',
    ],
    ['more of a wider type', { dtype: 'float64', shape: [2], stride: [1] }, 'the file holds 1'],
    ['a storage that is not there', { storageKey: '1' }, 'data/1'],
    ['a storage outside the folder', { storageKey: '../data.pkl' }, 'not in the file'],
  ] as const)('refuse %s without allocating it', async (_, changes, words) => {
    const tensor = (await storages()).tensor(view(changes));
    await expect(tensor.read()).rejects.toMatchObject({ code: 'model-damaged', found: expect.stringContaining(words) });
  });

  it('are read by the lengths of the local header, not the directory', async () => {
    const zip = storedZip(
      [
        { name: 'a/data.pkl', bytes: pickle },
        { name: 'a/data/0', bytes: twelve },
      ],
      { wide: true },
    );
    expect([...(await (await storages(zip)).tensor(view({})).read())]).toEqual([...twelve]);
    const moved = Buffer.from(zip);
    moved.writeUInt16LE(60_000, moved.indexOf('PK\x03\x04', 10, 'latin1') + 28);
    await expect((await storages(moved)).tensor(view({})).read()).rejects.toMatchObject({ code: 'model-truncated' });
  });
});
