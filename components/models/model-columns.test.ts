import { describe, expect, it } from 'vitest';
import {
  columnById,
  columnsFromAddress,
  columnsToAddress,
  modelColumnIds,
  modelColumns,
  sortModels,
  usualColumns,
  wordsOfFlops,
} from '@/components/models/model-columns';
import { someModel } from '@/components/models/test-support/some-model';

describe('the columns of models', () => {
  it('are one for each id', () => {
    expect(modelColumns.map(({ id }) => id)).toEqual([...modelColumnIds]);
  });

  it('say what a file says about itself', () => {
    const model = someModel({ parameters: 3_157_200, flops: 8.7e9 });
    const texts = Object.fromEntries(modelColumns.map(({ id, text }) => [id, text(model)]));
    expect(texts).toMatchObject({ status: 'Ready', input: '640', parameters: '3.2 M', gflops: '8.7', size: '13 MB' });
  });

  it('show a dash, and no number made up, for what is not known', () => {
    const model = { ...someModel(), task: null, classCount: null, metadata: null, file: null };
    const unknown = ['task', 'classes', 'input', 'parameters', 'gflops', 'precision', 'size', 'format'] as const;
    for (const id of unknown) {
      expect(columnById(id).text(model)).toBe('–');
      expect(columnById(id).value(model)).toBeNull();
    }
  });

  it('tell sizes that are fixed, oblong or free', () => {
    const input = (width: number, height: number, dynamic: boolean) =>
      columnById('input').text(someModel({ inputSize: { width, height, dynamic } }));
    expect(input(640, 640, false)).toBe('640');
    expect(input(1280, 736, false)).toBe('1280×736');
    expect(input(640, 640, true)).toBe('640, any');
  });

  it.each([
    [null, '–'],
    [257.8e9, '258'],
    [8.7e9, '8.7'],
    [43_000_000, '0.043'],
  ])('write %s operations as %s', (flops, words) => {
    expect(wordsOfFlops(flops)).toBe(words);
  });
});

describe('sorting models', () => {
  const small = { ...someModel({ parameters: 10 }), name: 'b10' };
  const large = { ...someModel({ parameters: 200 }), name: 'b9' };
  const unread = { ...someModel({ parameters: null }), name: 'a' };

  it('goes by number, unknown ones last in both directions', () => {
    expect(sortModels([unread, large, small], 'parameters', 'ascending')).toEqual([small, large, unread]);
    expect(sortModels([unread, small, large], 'parameters', 'descending')).toEqual([large, small, unread]);
  });

  it('goes by name as people count', () => {
    expect(sortModels([small, large, unread], 'name', 'ascending')).toEqual([unread, large, small]);
  });
});

describe('columns in an address', () => {
  it('come back as they went', () => {
    expect(columnsFromAddress(columnsToAddress(['size', 'task']) ?? undefined)).toEqual(['task', 'size']);
    expect(columnsFromAddress(columnsToAddress([]) ?? undefined)).toEqual([]);
  });

  it('are left out when they are the usual ones', () => {
    expect(columnsToAddress([...usualColumns].reverse())).toBeNull();
    expect(columnsFromAddress(undefined)).toEqual(usualColumns);
  });

  it('that do not exist are passed over', () => {
    expect(columnsFromAddress('task,__proto__,nonsense')).toEqual(['task']);
  });
});
