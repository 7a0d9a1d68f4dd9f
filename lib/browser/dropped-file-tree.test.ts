import { describe, expect, it } from 'vitest';
import { droppedFileTree } from '@/lib/browser/dropped-file-tree';

function dropped(path: string, content = '') {
  return { path, file: new File([content], path.split('/').at(-1) ?? path) };
}

const tree = droppedFileTree([
  dropped('set/data.yaml', 'names: [a]'),
  dropped('set/images/train/1.jpg'),
  dropped('set/images/train/2.jpg'),
  dropped('set/images/val/1.jpg'),
  dropped('loose.txt'),
  dropped('../../outside.txt'),
]);

describe('droppedFileTree', () => {
  it('has the folders that the paths name', async () => {
    expect(await tree.list('/')).toEqual([
      { name: 'set', kind: 'folder' },
      { name: 'loose.txt', kind: 'file' },
      { name: 'outside.txt', kind: 'file' },
    ]);
    expect(await tree.list('/set')).toEqual([
      { name: 'data.yaml', kind: 'file' },
      { name: 'images', kind: 'folder' },
    ]);
    expect(await tree.list('/set/images/train')).toEqual([
      { name: '1.jpg', kind: 'file' },
      { name: '2.jpg', kind: 'file' },
    ]);
    expect(await tree.list('/set/data.yaml')).toBeNull();
    expect(await tree.list('/other')).toBeNull();
  });

  it('reads files, up to the size that is asked for', async () => {
    expect(new TextDecoder().decode((await tree.read('/set/data.yaml', 10)) ?? undefined)).toBe('names: [a]');
    expect(await tree.read('/set', 10)).toBeNull();
    expect(await tree.read('/set/none', 10)).toBeNull();
    await expect(tree.read('/set/data.yaml', 9)).rejects.toMatchObject({ code: 'input-invalid' });
  });

  it('says when a file is gone', async () => {
    const gone = new File(['x'], 'gone.jpg');
    Object.defineProperty(gone, 'arrayBuffer', { value: () => Promise.reject(new Error('NotFoundError')) });
    const reading = droppedFileTree([{ path: 'gone.jpg', file: gone }]).read('/gone.jpg', 10);
    await expect(reading).rejects.toMatchObject({ code: 'file-not-found' });
  });

  it('is empty without files', async () => {
    expect(await droppedFileTree([]).list('/')).toEqual([]);
  });
});
