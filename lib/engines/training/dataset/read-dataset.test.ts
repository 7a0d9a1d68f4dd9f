import { describe, expect, it } from 'vitest';
import { Fault } from '@/lib/core/fault';
import type { SplitName } from '@/lib/engines/training/dataset/dataset-description';
import { resolvePath } from '@/lib/engines/training/dataset/file-tree';
import type { ObjectTask } from '@/lib/engines/training/dataset/object-label';
import { readClassFolders } from '@/lib/engines/training/dataset/read-class-folders';
import { readObjectDataset } from '@/lib/engines/training/dataset/read-object-dataset';
import { memoryTree } from '@/lib/engines/training/dataset/test-support/memory-tree';

type Files = Readonly<Record<string, string>>;

const box = '0 0.5 0.5 0.2 0.2';

function read(files: Files, splits: readonly SplitName[] = ['train'], task: ObjectTask = 'detect') {
  return readObjectDataset(memoryTree(files), '/d/data.yaml', { task, splits });
}

async function faultOf(reading: Promise<unknown>): Promise<Fault> {
  const error = await reading.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof Fault) return error;
  throw new Error(`A fault was expected, not ${error}`);
}

/** Path → classes of its labels. */
async function found(files: Files, splits: readonly SplitName[] = ['train']) {
  const dataset = await read(files, splits);
  return splits.map((split) =>
    (dataset.splits.get(split) ?? []).map(({ path, labels }) => [path, ...labels.map(({ classId }) => classId)]),
  );
}

describe('readObjectDataset', () => {
  it('reads folders, those below them, images without labels as background, in the order of their names', async () => {
    const files = {
      '/d/data.yaml': 'train: images/train\nval: images/val\nnames: [a, b]',
      '/d/images/train/2.PNG': '',
      '/d/images/train/1.jpg': '',
      '/d/images/train/sub/3.jpg': '',
      '/d/images/train/sub/4.gif': '',
      '/d/images/train/notes.txt': '',
      '/d/labels/train/1.txt': `${box}\n1 0.5 0.5 0.1 0.1`,
      '/d/labels/train/sub/3.txt': '',
      '/d/images/val/1.jpg': '',
      '/d/labels/val/1.txt': '1 0.5 0.5 0.1 0.1',
    };
    expect(await found(files, ['train', 'val'])).toEqual([
      [
        ['/d/images/train/1.jpg', 0, 1],
        ['/d/images/train/2.PNG'],
        ['/d/images/train/sub/3.jpg'],
        ['/d/images/train/sub/4.gif'],
      ],
      [['/d/images/val/1.jpg', 1]],
    ]);
  });

  it('reads lists of folders, and text lists by their own folder and by that of the data set', async () => {
    const files = {
      '/d/data.yaml': 'path: set\ntrain: [one/images, lists/train.txt]\nnames: [a]',
      '/d/set/one/images/1.jpg': '',
      '/d/set/one/labels/1.txt': box,
      '/d/set/lists/train.txt': './near.jpg\r\nfar/x.jpg\n\nfar/x.jpg\n/d/set/one/images/1.jpg\ngone.jpg\n',
      '/d/set/lists/near.jpg': '',
      '/d/set/lists/near.txt': box,
      '/d/set/far/x.jpg': '',
    };
    expect(await found(files)).toEqual([
      [['/d/set/one/images/1.jpg', 0], ['/d/set/lists/near.jpg', 0], ['/d/set/far/x.jpg']],
    ]);
    const { problems } = await read(files);
    expect(problems.map(({ file, line }) => [file, line])).toEqual([
      ['/d/set/lists/train.txt', 4],
      ['/d/set/lists/train.txt', 6],
    ]);
  });

  it('finds what exports of Roboflow mean, and a root that was moved', async () => {
    const files = {
      '/d/data.yaml': 'path: /content/elsewhere\ntrain: ../train/images\nnc: 1\nnames: [a]',
      '/d/train/images/1.jpg': '',
      '/d/train/labels/1.txt': box,
    };
    expect(await found(files)).toEqual([[['/d/train/images/1.jpg', 0]]]);
    expect((await read(files)).problems[0].found).toMatch(/\/content\/elsewhere/);
  });

  it('names file and line of each problem, leaves nothing else out, and lists each folder once', async () => {
    const files: Record<string, string> = { '/d/data.yaml': 'train: images\nnames: {0: a, 2: c}\nnc: 5' };
    for (let k = 0; k < 150; k++) {
      files[`/d/images/${k}.jpg`] = '';
      files[`/d/labels/${k}.txt`] = k === 70 ? `${box}\n9 0.5 0.5 0.1 0.1` : box;
    }
    files['/d/images/scan.tif'] = '';
    const listed: string[] = [];
    const dataset = await readObjectDataset(memoryTree(files, listed), '/d/data.yaml', {
      task: 'detect',
      splits: ['train'],
    });
    expect(dataset.names).toEqual(['a', 'class1', 'c']);
    expect(dataset.splits.get('train')?.every(({ labels }) => labels.length === 1)).toBe(true);
    expect(dataset.problems.map(({ file, line }) => [file, line])).toEqual([
      ['/d/data.yaml', 2],
      ['/d/data.yaml', 3],
      ['/d/images/scan.tif', null],
      ['/d/labels/70.txt', 2],
    ]);
    expect(listed.sort()).toEqual(['/d/images', '/d/labels']);
  });

  it('reads the skeleton of poses and mends what does not fit it', async () => {
    const yaml = 'train: images\nnames: [a]\nkpt_shape: [2, 3]\nflip_idx: [1, 0]\nkpt_names:\n  0: [left, right]\n';
    const files = {
      '/d/data.yaml': `${yaml}kpt_oks_sigmas: [0.1]`,
      '/d/images/1.jpg': '',
      '/d/labels/1.txt': '0 0.5 0.5 1 1 0.1 0.1 2 0.2 0.2 1',
    };
    const { skeleton, problems } = await read(files, ['train'], 'pose');
    expect(skeleton).toEqual({
      keypoints: { count: 2, dims: 3 },
      flipIndices: [1, 0],
      names: ['left', 'right'],
      sigmas: null,
    });
    expect(problems).toHaveLength(1);
  });

  it('stops when asked to', async () => {
    const tree = memoryTree({ '/d/data.yaml': 'train: i\nnames: [a]', '/d/i/1.jpg': '' });
    const reading = readObjectDataset(tree, '/d/data.yaml', {
      task: 'detect',
      splits: ['train'],
      signal: AbortSignal.abort(new Error('enough')),
    });
    await expect(reading).rejects.toThrow('enough');
  });

  const image = { '/d/images/1.jpg': '', '/d/labels/1.txt': box };
  it.each<[string, Files, RegExp, ObjectTask?]>([
    ['no description', {}, /no file \/d\/data\.yaml/],
    ['a description that is none', { '/d/data.yaml': 'hello' }, /keys with values/],
    ['no names', { '/d/data.yaml': 'train: images', ...image }, /names/],
    ['an empty list of names', { '/d/data.yaml': 'train: images\nnames: []', ...image }, /names/],
    ['names by words', { '/d/data.yaml': 'train: images\nnames: {cat: a}', ...image }, /numbers from 0/],
    ['a split that is not named', { '/d/data.yaml': 'val: images\nnames: [a]', ...image }, /“train”/],
    ['a split that is not there', { '/d/data.yaml': 'train: nowhere\nnames: [a]', ...image }, /“nowhere”/],
    ['a split without images', { '/d/data.yaml': 'train: labels\nnames: [a]', ...image }, /expected to hold images/],
    ['no labels', { '/d/data.yaml': 'train: images\nnames: [a]', '/d/images/1.jpg': '' }, /no label files/],
    [
      'labels of another task',
      { '/d/data.yaml': 'train: images\nnames: [a]', ...image },
      /1\.txt, line 1: .*corners/,
      'obb',
    ],
    ['keypoints without a shape', { '/d/data.yaml': 'train: images\nnames: [a]', ...image }, /kpt_shape/, 'pose'],
    [
      'an odd shape',
      { '/d/data.yaml': 'train: images\nnames: [a]\nkpt_shape: [5]', ...image },
      /kpt_shape.*line 3/,
      'pose',
    ],
  ])('refuses %s', async (_, files, sentence, task = 'detect') => {
    const fault = await faultOf(read(files, ['train'], task));
    expect(fault.found).toMatch(sentence);
    expect(['input-invalid', 'file-not-found']).toContain(fault.code);
  });

  it.each([
    ['a', 'b'],
    ['b', 'a'],
  ])('refuses data of which one split only is labelled: train in %s, val in %s', async (train, val) => {
    const files = {
      '/d/data.yaml': `train: images/${train}\nval: images/${val}\nnames: [a]`,
      '/d/images/a/1.jpg': '',
      '/d/labels/a/1.txt': box,
      '/d/images/b/1.jpg': '',
      '/d/labels/b/1.txt': `7${box.slice(1)}`,
    };
    const fault = await faultOf(read(files, ['train', 'val']));
    expect(fault.found).toMatch(/split “(train|val)” \(1\) has a label .* in \/d\/labels\/b\/1\.txt, line 1: Class 7 /);
    expect(fault.found).toContain(train === 'b' ? '“train”' : '“val”');
  });

  it('leaves out the image of a label file that is too large', async () => {
    const files = {
      '/d/data.yaml': 'train: images\nnames: [a]',
      ...image,
      '/d/images/2.jpg': '',
      '/d/labels/2.txt': box,
    };
    const tree = memoryTree(files);
    const guarded = {
      ...tree,
      async read(path: string, maximumBytes: number) {
        if (path === '/d/labels/2.txt')
          throw new Fault({ code: 'input-invalid', found: 'Too large.', remedy: 'Cut it.' });
        return tree.read(path, maximumBytes);
      },
    };
    const dataset = await readObjectDataset(guarded, '/d/data.yaml', { task: 'detect', splits: ['train'] });
    expect(dataset.splits.get('train')?.map(({ path }) => path)).toEqual(['/d/images/1.jpg']);
    expect(dataset.problems).toEqual([
      { file: '/d/labels/2.txt', line: null, found: 'Too large. Its image was left out.' },
    ]);
  });
});

describe('readClassFolders', () => {
  const files = {
    '/c/train/dog/1.jpg': '',
    '/c/train/Cat/2.png': '',
    '/c/train/.cache/x.png': '',
    '/c/valid/dog/3.jpg': '',
    '/c/valid/bird/4.jpg': '',
  };

  it('numbers classes of the training split and skips others', async () => {
    const { names, splits, problems } = await readClassFolders(memoryTree(files), '/c', { splits: ['train', 'val'] });
    expect(names).toEqual(['Cat', 'dog']);
    expect(splits.get('train')).toEqual([
      { path: '/c/train/Cat/2.png', classId: 0 },
      { path: '/c/train/dog/1.jpg', classId: 1 },
    ]);
    expect(splits.get('val')).toEqual([{ path: '/c/valid/dog/3.jpg', classId: 1 }]);
    expect(problems.map(({ file }) => file)).toEqual(['/c/valid/bird']);
  });

  it('takes the classes of the training split when only another is asked for, its own where there is none', async () => {
    const tree = memoryTree(files);
    expect((await readClassFolders(tree, '/c', { splits: ['val'] })).names).toEqual(['Cat', 'dog']);
    const alone = memoryTree({ '/c/val/b/1.jpg': '', '/c/val/a/1.jpg': '' });
    expect((await readClassFolders(alone, '/c', { splits: ['val'] })).names).toEqual(['a', 'b']);
  });

  it('refuses folders that are not there or hold no images', async () => {
    expect((await faultOf(readClassFolders(memoryTree(files), '/c', { splits: ['test'] }))).found).toMatch(/“test”/);
    const empty = memoryTree({ '/c/train/a/notes.txt': '', '/c/train/1.jpg': '' });
    expect((await faultOf(readClassFolders(empty, '/c', { splits: ['train'] }))).code).toBe('input-invalid');
  });
});

describe('resolvePath', () => {
  it.each([
    ['/d', 'images/./a/../b', '/d/images/b'],
    ['/d', '../../../x', '/x'],
    ['/d', '/abs', '/abs'],
    ['/d', '.\\images\\train\\', '/d/images/train'],
    ['/d', 'C:\\data\\x', '/C:/data/x'],
    ['/', 'a', '/a'],
    ['/d', '', '/d'],
  ])('from %s resolves %s to %s', (folder, written, expected) => {
    expect(resolvePath(folder, written)).toBe(expected);
  });
});
