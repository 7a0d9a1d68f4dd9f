import { describe, expect, it } from 'vitest';
import { abortable } from '@/lib/platform/storage/abortable';

async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of source) items.push(item);
  return items;
}

async function* countTo(last: number, onReturn: () => void = () => undefined): AsyncGenerator<number> {
  try {
    for (let number = 1; number <= last; number++) yield number;
  } finally {
    onReturn();
  }
}

describe('abortable', () => {
  it('gives everything when nobody aborts', async () => {
    expect(await collect(abortable(countTo(3), undefined))).toEqual([1, 2, 3]);
    expect(await collect(abortable(countTo(3), new AbortController().signal))).toEqual([1, 2, 3]);
  });

  it('closes the source when the reader stops early', async () => {
    let closed = false;
    const source = countTo(3, () => {
      closed = true;
    });
    for await (const number of abortable(source, new AbortController().signal)) if (number === 2) break;
    expect(closed).toBe(true);
  });

  it('closes the source when the signal aborts between two items', async () => {
    const controller = new AbortController();
    let closed = false;
    const source = countTo(3, () => {
      closed = true;
    });
    const reading = (async () => {
      for await (const number of abortable(source, controller.signal)) if (number === 2) controller.abort('enough');
    })();
    await expect(reading).rejects.toBe('enough');
    expect(closed).toBe(true);
  });

  it('passes on what the source throws', async () => {
    async function* failing(): AsyncGenerator<number> {
      yield 1;
      throw new Error('broken');
    }
    await expect(collect(abortable(failing(), new AbortController().signal))).rejects.toThrow('broken');
  });
});
