import { Writable } from 'node:stream';
import { sql } from 'drizzle-orm';
import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { errorWithoutValues } from '@/lib/platform/db/error-without-values';
import { createTestDatabase, type TestDatabase } from '@/lib/platform/db/test-support/test-database';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

function logged(error: Error): string {
  let text = '';
  const sink = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk);
      done();
    },
  });
  const serializers = { err: (value: Error) => pino.stdSerializers.err(errorWithoutValues(value)) };
  pino({ serializers }, sink).error({ err: error }, 'request failed');
  return text;
}

async function failure(): Promise<Error> {
  const value = 'a hidden word\nin two lines';
  try {
    await database.db.execute(sql`select ${value}::text from nowhere`);
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('expected a query that fails');
}

test('the log of a failed query has the query and the reason, and none of its values', async () => {
  const text = logged(await failure());
  expect(text).toContain('select $1::text from nowhere');
  expect(text).toContain('relation \\"nowhere\\" does not exist');
  expect(text).toContain('error-without-values.test.ts');
  expect(text).not.toMatch(/hidden|two lines/);
});

test('nor has that of an error it caused, which keeps its own words', async () => {
  const text = logged(new TypeError('The wrapper', { cause: new Error('Between', { cause: await failure() }) }));
  expect(text).toMatch(/TypeError.*The wrapper.*Between.*nowhere/);
  expect(text).not.toMatch(/hidden|two lines/);
});

test('other errors stay what they are', () => {
  const error = new RangeError('out of range', { cause: new Error('why') });
  expect(errorWithoutValues(error)).toBe(error);
});
