import { describe, expect, it } from 'vitest';
import { memoryFolder } from '@/lib/browser/test-support/memory-folder';
import { draftShelf } from '@/lib/browser/training/draft-shelf';

const [one, two] = ['1'.repeat(64), '2'.repeat(64)];

function naming(...hashes: readonly string[]) {
  return () => new Set(hashes);
}

describe('the draft of this machine', () => {
  it('is there again with its pictures, until it is discarded', async () => {
    const folder = memoryFolder();
    expect(await draftShelf(folder).load(naming())).toBeNull();
    await draftShelf(folder).keep('said', new Map([[one, new Blob(['cat'])]]));
    const draft = await draftShelf(folder).load(naming(one));
    expect(draft?.text).toBe('said');
    expect(await draft?.pictures.get(one)?.text()).toBe('cat');
    await draftShelf(folder).discard();
    expect(await draftShelf(folder).load(naming(one))).toBeNull();
    expect(await namesIn(folder)).toEqual([]);
  });

  it('loses the pictures it no longer speaks of on the next visit, not before: an undo may bring them back', async () => {
    const folder = memoryFolder();
    const shelf = draftShelf(folder);
    await shelf.keep('both', new Map([one, two].map((hash) => [hash, new Blob([hash])])));
    await shelf.keep('the second', new Map([[two, new Blob([two])]]));
    expect(await namesIn(folder)).toContain(one);
    const draft = await shelf.load(naming(two));
    expect([...(draft?.pictures.keys() ?? [])]).toEqual([two]);
    expect(await namesIn(folder)).not.toContain(one);
  });

  it('does without a picture that is gone, and never reads a file by a name that is no hash', async () => {
    const folder = memoryFolder();
    await draftShelf(folder).keep('said', new Map([[one, new Blob(['cat'])]]));
    const draft = await draftShelf(folder).load(naming(one, two, 'draft.json', '../x'));
    expect([...(draft?.pictures.keys() ?? [])]).toEqual([one]);
  });

  it('writes a picture again that was cut short', async () => {
    const folder = memoryFolder();
    await folder.getFileHandle(one, { create: true });
    expect((await draftAfter(folder)).pictures.size).toBe(0);
    await draftShelf(folder).keep('said', new Map([[one, new Blob(['cat'])]]));
    expect((await draftAfter(folder)).pictures.size).toBe(1);
  });

  it('keeps the draft before when the disk is full', async () => {
    const folder = memoryFolder({ capacityBytes: 10 });
    await draftShelf(folder).keep('said', new Map([[one, new Blob(['cat'])]]));
    const large = new Map([[two, new Blob(['x'.repeat(11)])]]);
    await expect(draftShelf(folder).keep('more', large)).rejects.toMatchObject({ name: 'QuotaExceededError' });
    expect((await draftShelf(folder).load(naming(one)))?.text).toBe('said');
  });
});

async function draftAfter(folder: ReturnType<typeof memoryFolder>) {
  await draftShelf(folder).keep('said', new Map());
  const draft = await draftShelf(folder).load(naming(one));
  if (draft === null) throw new Error('The draft was kept.');
  return draft;
}

async function namesIn(folder: ReturnType<typeof memoryFolder>): Promise<string[]> {
  const names: string[] = [];
  for await (const name of folder.keys()) names.push(name);
  return names;
}
