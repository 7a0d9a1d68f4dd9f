import { describe, expect, it } from 'vitest';
import { Fault } from '@/lib/core/fault';
import { tasks } from '@/lib/core/task';
import { dialects, findDialect } from '@/lib/engines/vision/dialects/dialect-registry';
import { dialectsFor, dialectTasks } from '@/lib/engines/vision/dialects/dialect-tasks';
import { serialiseDocument } from '@/lib/engines/vision/dialects/serialise-document';
import { smallContext, smallResults } from '@/lib/engines/vision/dialects/test-support/small-results';

const everyPair = Object.values(dialects).flatMap((dialect) =>
  tasks.map((task) => ({ dialect, name: dialect.name, task })),
);

describe('the table of dialects', () => {
  it('finds each dialect by its own name', () => {
    for (const [name, dialect] of Object.entries(dialects)) {
      expect(dialect.name).toBe(name);
      expect(findDialect(name)).toBe(dialect);
    }
  });

  it.each(['', 'coco', 'Ultralytics', '__proto__', 'toString'])(
    'refuses the name “%s” and lists the ones there are',
    (name) => {
      expect(() => findDialect(name)).toThrow(Fault);
      expect(() => findDialect(name)).toThrow(/ultralytics, platform, .*supervision/);
    },
  );

  it.each(everyPair)('$name writes $task exactly when its table says so', ({ dialect, task }) => {
    if (dialectTasks[dialect.name].includes(task)) {
      const text = serialiseDocument(dialect.document(smallResults[task], smallContext));
      expect(JSON.parse(text)).toEqual(dialect.document(smallResults[task], smallContext));
      return;
    }
    const write = () => dialect.document(smallResults[task], smallContext);
    expect(write).toThrow(Fault);
    expect(write).toThrow(dialectsFor(task).join(', '));
  });

  it.each(everyPair)(
    '$name answers no $task without detections with nothing but an empty document',
    ({ dialect, task }) => {
      const result = smallResults[task];
      if (!('detections' in result) || !dialectTasks[dialect.name].includes(task)) return;
      expect(() => serialiseDocument(dialect.document({ ...result, detections: [] }, smallContext))).not.toThrow();
    },
  );

  it('mentions no time unless the context gives one', () => {
    for (const { dialect, task } of everyPair) {
      if (!dialectTasks[dialect.name].includes(task)) continue;
      expect(JSON.stringify(dialect.document(smallResults[task], smallContext))).not.toMatch(/speed|time|_ms/i);
    }
  });
});

describe('serialising', () => {
  it('writes compact JSON and one line feed', () => {
    expect(serialiseDocument([{ a: 1, b: [true, null] }])).toBe('[{"a":1,"b":[true,null]}]\n');
  });
});
