import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { diskFileTree, treePathOf } from '@/lib/platform/files/disk-file-tree';

const folder = mkdtempSync(join(tmpdir(), 'disk-tree-'));
const root = treePathOf(folder, '/');
mkdirSync(join(folder, 'images'));
writeFileSync(join(folder, 'images', 'ü 1.jpg'), 'jpeg');
writeFileSync(join(folder, 'data.yaml'), 'names: [a]');
symlinkSync(join(folder, 'images'), join(folder, 'linked'));
symlinkSync(join(folder, 'nowhere'), join(folder, 'broken'));
symlinkSync(join(folder, 'circle'), join(folder, 'circle'));
symlinkSync('/dev/zero', join(folder, 'endless.jpg'));

afterAll(() => rmSync(folder, { recursive: true }));

describe('diskFileTree', () => {
  it('lists files and folders, links as what they lead to, and nothing else', async () => {
    const entries = await diskFileTree.list(root);
    expect([...(entries ?? [])].sort((one, other) => (one.name < other.name ? -1 : 1))).toEqual([
      { name: 'data.yaml', kind: 'file' },
      { name: 'images', kind: 'folder' },
      { name: 'linked', kind: 'folder' },
    ]);
    expect(await diskFileTree.list(`${root}/linked`)).toEqual([{ name: 'ü 1.jpg', kind: 'file' }]);
  });

  it('has no list of what is no folder', async () => {
    for (const path of ['data.yaml', 'missing', 'data.yaml/below', 'circle/below', 'a\0b', 'x'.repeat(300)]) {
      expect(await diskFileTree.list(`${root}/${path}`)).toBeNull();
    }
  });

  it('reads files, and nothing that is none: some never end', async () => {
    const read = (path: string) => diskFileTree.read(`${root}/${path}`, 100);
    expect(new TextDecoder().decode((await read('linked/ü 1.jpg')) ?? undefined)).toBe('jpeg');
    for (const path of ['images', 'missing', 'broken', 'circle', 'endless.jpg', 'data.yaml/below', 'a\0b']) {
      expect(await read(path)).toBeNull();
    }
  });

  it('refuses a file that is larger than what is read', async () => {
    await expect(diskFileTree.read(`${root}/data.yaml`, 9)).rejects.toMatchObject({ code: 'input-invalid' });
    expect(await diskFileTree.read(`${root}/data.yaml`, 10)).toHaveLength(10);
  });
});

describe('treePathOf', () => {
  it('makes what is typed absolute', () => {
    expect(treePathOf('../b/data.yaml', '/home/a')).toBe('/home/b/data.yaml');
    expect(treePathOf('/x//y/', '/home')).toBe('/x/y');
  });
});
