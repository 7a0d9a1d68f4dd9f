import { describe, expect, it } from 'vitest';
import { type DropContext, readDrop } from '@/components/train/intake/read-drop';
import type { DroppedFile } from '@/lib/browser/dropped-files';

function file(path: string, content = ''): DroppedFile {
  return { path, file: new File([content], path.split('/').at(-1) ?? '') };
}

const detect: DropContext = { task: 'detect', names: ['cat', 'dog'], skeleton: null, known: [] };
const line = '1 0.5 0.5 0.2 0.2';

describe('reading a drop', () => {
  it('gives pictures the labels of their name, wherever both lie', async () => {
    const read = await readDrop(
      { images: [file('a.jpg'), file('set/b.png')], others: [file('labels/b.txt', line)] },
      detect,
    );
    expect(read.images.map(({ path, found }) => [path, found?.kind ?? null])).toEqual([
      ['a.jpg', null],
      ['set/b.png', 'objects'],
    ]);
    expect(read.names).toBeNull();
    expect(read.problems).toEqual([]);
  });

  it('labels pictures that are there already', async () => {
    const known = [{ name: 'cats/a.jpg' }];
    const read = await readDrop({ images: [], others: [file('a.txt', line)] }, { ...detect, known });
    expect([...read.labelsOfKnown.keys()]).toEqual(['cats/a.jpg']);
  });

  it('takes an empty label file for a picture without objects', async () => {
    const read = await readDrop({ images: [file('a.jpg')], others: [file('a.txt')] }, detect);
    expect(read.images[0].found).toEqual({ kind: 'objects', objects: [] });
  });

  it('names file and line of what is wrong, and files without their picture', async () => {
    const others = [
      file('a.txt', `${line}\n7 0.5 0.5 0.2 0.2\nnonsense`),
      file('z.txt', line),
      file('README.txt', 'hello'),
    ];
    const read = await readDrop({ images: [file('a.jpg')], others }, detect);
    expect(read.problems.map(({ file: name, line: at }) => [name, at])).toEqual([
      ['a.txt', 2],
      ['a.txt', 3],
      ['z.txt', null],
    ]);
  });

  it('makes up names where nobody gave any, and takes those of a classes.txt', async () => {
    const nameless = { ...detect, names: [] };
    const labels = file('a.txt', '3 0.5 0.5 0.2 0.2');
    const invented = await readDrop({ images: [file('a.jpg')], others: [labels] }, nameless);
    expect(invented.names).toEqual(['class0', 'class1', 'class2', 'class3']);
    const listed = await readDrop(
      { images: [file('a.jpg')], others: [labels, file('classes.txt', 'a\nb\nc\nd\n')] },
      nameless,
    );
    expect(listed.names).toEqual(['a', 'b', 'c', 'd']);
    expect(listed.images[0].found).toMatchObject({ kind: 'objects', objects: [{ classId: 3 }] });
  });

  it('reads a data set with its description: names, splits, labels', async () => {
    const read = await readDrop(
      {
        images: [file('set/images/train/1.jpg'), file('set/images/val/1.jpg'), file('set/stray.jpg')],
        others: [
          file('set/data.yaml', 'train: images/train\nval: images/val\nnames: [bolt, nut]\n'),
          file('set/labels/train/1.txt', line),
          file('set/labels/val/1.txt', '0 0.5 0.5 0.1 0.1'),
        ],
      },
      detect,
    );
    expect(read.names).toEqual(['bolt', 'nut']);
    expect(
      read.images.map(({ path, split, found }) => [path, split, found?.kind === 'objects' && found.objects[0].classId]),
    ).toEqual([
      ['set/images/train/1.jpg', 'train', 1],
      ['set/images/val/1.jpg', 'val', 0],
    ]);
  });

  it('falls back to names where a description came without its folders', async () => {
    const read = await readDrop(
      {
        images: [file('1.jpg')],
        others: [file('data.yaml', 'train: images/train\nnames: [bolt, nut]\n'), file('1.txt', line)],
      },
      { ...detect, names: ['other'] },
    );
    expect(read.names).toEqual(['bolt', 'nut']);
    expect(read.images[0].found).toMatchObject({ objects: [{ classId: 1 }] });
    expect(read.problems.some(({ file: name }) => name.endsWith('data.yaml'))).toBe(true);
  });

  it('refuses a description that is none with a fault', async () => {
    const parts = { images: [file('1.jpg')], others: [file('data.yaml', 'train: x\n')] };
    await expect(readDrop(parts, detect)).rejects.toMatchObject({ code: 'input-invalid' });
  });

  it('takes folders for classes where whole images are classified', async () => {
    const images = ['train/cat/1.jpg', 'val/emu/2.jpg', '3.jpg'].map((path) => file(path));
    const read = await readDrop({ images, others: [] }, { ...detect, task: 'classify' });
    expect(read.names).toEqual(['cat', 'dog', 'emu']);
    expect(read.images.map(({ split, found }) => [split, found?.kind === 'class' ? found.classId : null])).toEqual([
      ['train', 0],
      ['val', 2],
      [null, null],
    ]);
  });
});
