import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '@/lib/domain/context';
import { receiveModelFile } from '@/lib/domain/models/receive-model-file';
import { traces } from '@/lib/domain/models/test-support/model-material';
import { createTestContext, type TestContext } from '@/lib/domain/test-support/test-context';
import { tinyCheckpoint } from '@/lib/engines/model-files/test-support/stored-zip';
import { readMultipart } from '@/lib/http/multipart/read-multipart';

let test: TestContext;
let context: Context;
beforeAll(async () => {
  test = await createTestContext();
  context = test.context;
});
afterAll(() => test.close());

const boundary = 'boundary';

function form(file: Uint8Array, { isWhole = true } = {}): Uint8Array {
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="best.pt"\r\n\r\n`;
  const tail = `\r\n--${boundary}\r\nContent-Disposition: form-data; name="projectId"\r\n\r\nproject_1\r\n--${boundary}--\r\n`;
  return Buffer.concat([Buffer.from(head), file, Buffer.from(isWhole ? tail : '')]);
}

/** Reads a form as the route of model uploads does, with a smaller limit. */
function read(body: Uint8Array, headers: Record<string, string> = {}) {
  const request = new Request('http://localhost/api/models', {
    method: 'POST',
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}`, ...headers },
    body: Buffer.from(body),
  });
  return readMultipart(request, {
    fileFields: ['file'],
    maximumFileBytes: 2000,
    receive: ({ stream, fileName }) => receiveModelFile(context, stream, fileName, 2000),
    discard: ({ staged }) => staged.discard(),
  });
}

describe('the form of a model upload', () => {
  it('stages the file while it streams in, before the fields behind it', async () => {
    const { file, fields } = await read(form(tinyCheckpoint()));
    expect(fields).toEqual({ projectId: 'project_1' });
    expect(file?.staged.sizeBytes).toBe(tinyCheckpoint().length);
    await file?.staged.discard();
  });

  it.each([
    ['a form that breaks off in the file', form(tinyCheckpoint(), { isWhole: false }), {}, 'VALIDATION_ERROR'],
    ['a body shorter than announced', form(tinyCheckpoint()), { 'content-length': '99999' }, 'VALIDATION_ERROR'],
    ['a file over the limit', form(Buffer.alloc(2001)), {}, 'PAYLOAD_TOO_LARGE'],
    [
      'a body announced far over the limit',
      form(Buffer.alloc(9)),
      { 'content-length': `${2 ** 31}` },
      'PAYLOAD_TOO_LARGE',
    ],
  ])('refuses %s and keeps nothing', async (_, body, headers, code) => {
    const before = await traces(context, test.folder);
    await expect(read(body, headers)).rejects.toMatchObject({ code });
    expect(await traces(context, test.folder)).toEqual(before);
  });
});
