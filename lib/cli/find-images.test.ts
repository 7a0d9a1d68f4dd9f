import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findImages } from '@/lib/cli/find-images';

describe('findImages', () => {
  let folder = '';

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'sightline-find-'));
    for (const name of ['img10.png', 'img2.JPG', 'img1.webp', 'notes.txt', 'labels.csv', 'scan.tiff']) {
      writeFileSync(join(folder, name), '');
    }
    mkdirSync(join(folder, 'sub.png'));
    mkdirSync(join(folder, 'empty'));
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  it('lists the image files of a folder by the numbers in their names', async () => {
    const names = (await findImages('.', folder)).map((path) => basename(path));
    expect(names).toEqual(['img1.webp', 'img2.JPG', 'img10.png', 'scan.tiff']);
  });

  it('takes a file as it is, whatever its name', async () => {
    expect(await findImages('notes.txt', folder)).toEqual([join(folder, 'notes.txt')]);
  });

  it('says when there is nothing', async () => {
    await expect(findImages('empty', folder)).rejects.toMatchObject({ code: 'file-not-found' });
    await expect(findImages('nowhere', folder)).rejects.toThrow(/“nowhere” does not exist/);
  });
});
