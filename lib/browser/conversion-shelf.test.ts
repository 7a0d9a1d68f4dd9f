import { beforeEach, describe, expect, it } from 'vitest';
import { type ConversionShelf, conversionShelf } from '@/lib/browser/conversion-shelf';
import { memoryFolder } from '@/lib/browser/test-support/memory-folder';

const a = 'a'.repeat(64);
const b = 'b'.repeat(64);
const recipe = { version: 1, options: { dynamic: true, batch: 1 } };
const onnx = new Blob(['onnx']);
const hour = 3_600_000;

describe('conversionShelf', () => {
  let now = 0;
  let shelf: ConversionShelf;
  beforeEach(() => {
    now = Date.now();
    shelf = conversionShelf(memoryFolder(), () => now);
  });

  it('finds a conversion by checkpoint, version and options, in whatever order these stand', async () => {
    await shelf.keep(a, recipe, onnx);
    expect(await (await shelf.find(a, { version: 1, options: { batch: 1, dynamic: true } }))?.text()).toBe('onnx');
    expect(await shelf.find(b, recipe)).toBeNull();
    expect(await shelf.find(a, { ...recipe, version: 2 })).toBeNull();
    expect(await shelf.find(a, { version: 1, options: { dynamic: false, batch: 1 } })).toBeNull();
  });

  it('keeps one conversion of a checkpoint, the latest', async () => {
    await shelf.keep(a, recipe, onnx);
    await shelf.keep(b, recipe, onnx);
    await shelf.keep(a, { ...recipe, version: 2 }, onnx);
    expect(await shelf.find(a, recipe)).toBeNull();
    expect(await shelf.find(a, { ...recipe, version: 2 })).not.toBeNull();
    expect(await shelf.find(b, recipe)).not.toBeNull();
  });

  it('forgets what belongs to a removed checkpoint, and nothing else', async () => {
    await shelf.keep(a, recipe, onnx);
    await shelf.keep(b, recipe, onnx);
    await shelf.remove(a);
    expect([await shelf.find(a, recipe), await shelf.find(b, recipe)]).toEqual([null, expect.any(Blob)]);
  });

  it('sweeps out what belongs to no kept checkpoint, once it is old enough not to belong to one just being kept', async () => {
    await shelf.keep(a, recipe, onnx);
    await shelf.keep(b, recipe, onnx);
    await shelf.sweep(new Set([b]));
    expect(await shelf.find(a, recipe)).not.toBeNull();
    now += 2 * hour;
    await shelf.sweep(new Set([b]));
    expect([await shelf.find(a, recipe), await shelf.find(b, recipe)]).toEqual([null, expect.any(Blob)]);
  });

  it('takes a file that was never written for none, and leaves none behind when the disk is full', async () => {
    const full = conversionShelf(memoryFolder({ capacityBytes: 3 }));
    await expect(full.keep(a, recipe, onnx)).rejects.toMatchObject({ name: 'QuotaExceededError' });
    expect(await full.find(a, recipe)).toBeNull();
    await full.keep(a, recipe, new Blob([]));
    expect(await full.find(a, recipe)).toBeNull();
  });
});
