import { connect } from 'node:net';
import { buffer, text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import type { IncomingFile } from '@/lib/http/incoming-file';
import { type MultipartRules, readMultipart } from '@/lib/http/multipart/read-multipart';
import { boundary, cutInto, type FormPart, formBytes, requestOf } from '@/lib/http/multipart/test-support/form-body';
import { sendThenRead, serveUploads } from '@/lib/http/multipart/test-support/upload-server';

const rules = { fileFields: ['file'], maximumFileBytes: 1000, receive: ({ stream }: IncomingFile) => text(stream) };
const conf: FormPart = { name: 'conf', content: '0.5' };
const file: FormPart = { name: 'file', content: 'pixels', fileName: 'a.jpg', type: 'image/jpeg' };

const formRequest = (parts: readonly FormPart[]): Request => requestOf([formBytes(parts)]);

/** Rules that note what was received and what of it was discarded. */
function noting(): { rules: MultipartRules<string>; received: string[]; discarded: string[] } {
  const received: string[] = [];
  const discarded: string[] = [];
  return {
    received,
    discarded,
    rules: {
      ...rules,
      async receive({ stream }) {
        const content = await text(stream);
        received.push(content);
        return content;
      },
      async discard(value) {
        discarded.push(value);
      },
    },
  };
}

describe('readMultipart', () => {
  it.each([
    ['before', [conf, file]],
    ['behind', [file, conf]],
    ['on both sides of', [{ name: 'iou', content: '0.7' }, file, conf]],
  ])('reads fields %s the file', async (_, parts) => {
    const form = await readMultipart(formRequest(parts), rules);
    expect(form.fields.conf).toBe('0.5');
    expect(form.file).toBe('pixels');
    expect(form.files).toEqual(['pixels']);
  });

  it.each([1, 2, 3, 7, 64])('reads the same form when the network cuts it every %i bytes', async (size) => {
    const tricky = `\r\n--${boundary.slice(0, -1)}\r\n\r\n--\r\n-${boundary}\r`;
    const request = requestOf(
      cutInto(formBytes([conf, { ...file, content: tricky }, { name: 'iou', content: '' }]), size),
    );
    expect(await readMultipart(request, rules)).toEqual({
      fields: { conf: '0.5', iou: '' },
      files: [tricky],
      file: tricky,
    });
  });

  it('reads what the platform’s own FormData writes', async () => {
    const form = new FormData();
    form.set('conf', '0.5');
    form.set('file', new File(['pixels'], 'größe “1”.jpg', { type: 'image/jpeg' }));
    const receive = async ({ stream, ...rest }: IncomingFile) => ({ content: await text(stream), ...rest });
    const request = new Request('http://test.local/', { method: 'POST', body: form });
    const { file: received } = await readMultipart(request, { ...rules, receive });
    expect(received).toEqual({
      content: 'pixels',
      fieldName: 'file',
      fileName: 'größe “1”.jpg',
      mimeType: 'image/jpeg',
    });
  });

  it('reads a form without a file', async () => {
    expect(await readMultipart(formRequest([conf]), rules)).toEqual({ fields: { conf: '0.5' }, files: [], file: null });
    expect(await readMultipart(formRequest([]), rules)).toEqual({ fields: {}, files: [], file: null });
  });

  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\\\Users\\\\me\\\\a.jpg', 'a.jpg'],
    ['a\tb.jpg', 'ab.jpg'],
    ['x'.repeat(300), 'x'.repeat(255)],
  ])('gives the last part of the name %j only', async (fileName, expected) => {
    const receive = async (incoming: IncomingFile) => incoming.fileName;
    const { file: received } = await readMultipart(formRequest([{ ...file, fileName }]), { ...rules, receive });
    expect(received).toBe(expected);
  });

  it('takes a field called __proto__ as any other', async () => {
    const { fields } = await readMultipart(formRequest([{ name: '__proto__', content: 'x' }]), rules);
    expect(Object.entries(fields)).toEqual([['__proto__', 'x']]);
    expect(Object.getPrototypeOf(fields)).toBe(Object.prototype);
  });

  it('takes several files where it is told to', async () => {
    const parts = [file, { ...file, content: 'more' }];
    const form = await readMultipart(formRequest(parts), { ...rules, maximumFiles: 2 });
    expect(form.files).toEqual(['pixels', 'more']);
  });

  it('takes a file and a field that just fill their limits', async () => {
    const parts = [
      { ...file, content: 'x'.repeat(1000) },
      { name: 'conf', content: 'y'.repeat(65_536) },
    ];
    const form = await readMultipart(formRequest(parts), rules);
    expect(form.file).toHaveLength(1000);
    expect(form.fields.conf).toHaveLength(65_536);
  });

  it('takes binary bytes as they are', async () => {
    const content = Buffer.from(Array.from({ length: 512 }, (_, index) => index % 256));
    const receive = ({ stream }: IncomingFile) => buffer(stream);
    const { file: received } = await readMultipart(formRequest([{ ...file, content }]), { ...rules, receive });
    expect(received).toEqual(content);
  });

  it.each([
    ['leaves the file unread', async () => 'seen'],
    ['destroys the file', destroyAtOnce],
    ['reads the first bytes only', readFirst],
  ])('goes on with the fields when the receiver %s', async (_, receive) => {
    const large = { ...file, content: Buffer.alloc(500_000) };
    const request = requestOf(cutInto(formBytes([large, conf]), 10_000));
    const form = await readMultipart(request, { ...rules, maximumFileBytes: 1_000_000, receive });
    expect(form).toMatchObject({ file: 'seen', fields: { conf: '0.5' } });
  });

  it('reads the body no faster than the receiver reads the file', async () => {
    let given = 0;
    function* counted(): Generator<Uint8Array> {
      for (const chunk of cutInto(formBytes([{ ...file, content: Buffer.alloc(10_000_000) }]), 10_000)) {
        given++;
        yield chunk;
      }
    }
    const receive = async ({ stream }: IncomingFile) => {
      for await (const _ of stream) {
        // The whole file has a thousand chunks: those between the body and us are a few buffers' worth.
        return given;
      }
    };
    const { file: givenAtFirstRead } = await readMultipart(requestOf(counted()), {
      ...rules,
      maximumFileBytes: 10_000_000,
      receive,
    });
    expect(givenAtFirstRead).toBeLessThan(50);
  });
});

const many = (count: number): FormPart[] =>
  Array.from({ length: count }, (_, index) => ({ name: `f${index}`, content: '' }));
const whole = formBytes([conf, file]);

describe('readMultipart refuses', () => {
  it.each([
    ['a file over the limit', 'PAYLOAD_TOO_LARGE', [{ ...file, content: 'x'.repeat(1001) }]],
    ['a field over the limit', 'PAYLOAD_TOO_LARGE', [{ name: 'conf', content: 'x'.repeat(65_537) }]],
    ['more bytes than all limits together', 'PAYLOAD_TOO_LARGE', [{ ...file, content: Buffer.alloc(6_000_000) }]],
    ['a thousand fields', 'VALIDATION_ERROR', many(1000)],
    ['one field too many', 'VALIDATION_ERROR', many(65)],
    ['two files', 'VALIDATION_ERROR', [file, file]],
    ['a file in another field', 'VALIDATION_ERROR', [{ ...file, name: 'avatar' }]],
    ['a field twice', 'VALIDATION_ERROR', [conf, conf]],
    ['a field without a name', 'VALIDATION_ERROR', [{ name: '', content: 'x' }]],
    ['a file without a name of its field', 'VALIDATION_ERROR', [{ ...file, name: '' }]],
    ['a field whose name is endless', 'VALIDATION_ERROR', [{ name: 'x'.repeat(201), content: '' }]],
  ])('%s', async (_, code, parts) => {
    await expect(readMultipart(formRequest(parts), rules)).rejects.toMatchObject({ code });
  });

  it.each([
    ['a body that was cut off within the file', whole.subarray(0, whole.indexOf('pixels') + 3)],
    ['a body that was cut off before the end', whole.subarray(0, -4)],
    ['a body that was cut off within a header', whole.subarray(0, whole.indexOf('filename'))],
    ['an empty body', Buffer.alloc(0)],
    ['a body that is no form', Buffer.from('{"conf":0.5}')],
    ['another boundary', Buffer.from(whole.toString().replaceAll(boundary, 'other'))],
    ['a header that is none', Buffer.from(`--${boundary}\r\n\u0001: x\r\n\r\nx\r\n--${boundary}--\r\n`)],
    ['a header without end', Buffer.from(`--${boundary}\r\nContent-Disposition: ${'x'.repeat(100_000)}`)],
  ])('%s', async (_, bytes) => {
    const noted = noting();
    await expect(readMultipart(requestOf(cutInto(bytes, 1000)), noted.rules)).rejects.toMatchObject({
      code: 'VALIDATION_ERROR',
    });
    expect(noted.discarded).toEqual(noted.received);
  });

  it.each([
    ['JSON', 'application/json'],
    ['an URL-encoded form', 'application/x-www-form-urlencoded'],
    ['nothing said', ''],
    ['another multipart', `multipart/mixed; boundary=${boundary}`],
  ])('the content type of %s', async (_, type) => {
    await expect(readMultipart(requestOf([whole], { 'content-type': type }), rules)).rejects.toMatchObject({
      code: 'UNSUPPORTED_MEDIA_TYPE',
    });
  });

  it.each(['multipart/form-data', 'multipart/form-data; boundary', 'multipart/form-data; charset=utf-8'])(
    'a content type without a boundary: %s',
    async (type) => {
      await expect(readMultipart(requestOf([whole], { 'content-type': type }), rules)).rejects.toMatchObject({
        code: 'VALIDATION_ERROR',
      });
    },
  );

  it('a form that the length did not announce', async () => {
    const request = requestOf([whole], { 'content-length': String(whole.byteLength + 1) });
    await expect(readMultipart(request, rules)).rejects.toMatchObject({ code: 'VALIDATION_ERROR' });
  });

  it('with what the receiver threw', async () => {
    const receive = async () => {
      throw new Error('disk full');
    };
    await expect(readMultipart(formRequest([file, conf]), { ...rules, receive })).rejects.toThrow('disk full');
  });

  it('at once when the receiver throws while the client stalls', async () => {
    async function* stalled(): AsyncGenerator<Uint8Array> {
      yield whole.subarray(0, -20);
      await new Promise(() => undefined);
    }
    const receive = async ({ stream }: IncomingFile) => {
      for await (const _ of stream) throw new Error('not an image');
    };
    await expect(readMultipart(requestOf(stalled()), { ...rules, receive })).rejects.toThrow('not an image');
  });

  it('and tells the receiver so within its stream', async () => {
    let told: unknown;
    const receive = async ({ stream }: IncomingFile) => {
      try {
        return await text(stream);
      } catch (error) {
        told = error;
        throw error;
      }
    };
    const large = formRequest([{ ...file, content: 'x'.repeat(1001) }]);
    await expect(readMultipart(large, { ...rules, receive })).rejects.toThrow();
    expect(told).toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
  });

  it('and discards a file that was received before', async () => {
    const noted = noting();
    await expect(readMultipart(formRequest([file, conf, conf]), noted.rules)).rejects.toThrow('twice');
    expect(noted.received).toEqual(['pixels']);
    expect(noted.discarded).toEqual(['pixels']);
  });
});

describe('readMultipart over a connection', () => {
  const head = (length: number): string =>
    `POST / HTTP/1.1\r\nHost: test\r\nConnection: close\r\nContent-Type: multipart/form-data; boundary=${boundary}\r\nContent-Length: ${length}\r\n\r\n`;

  it('ends with its error when the client leaves in the middle, and discards', async () => {
    const noted = noting();
    let socket: ReturnType<typeof connect> | undefined;
    const outcome = new Promise((resolve) => {
      const receive = async (incoming: IncomingFile) => {
        const value = await noted.rules.receive(incoming);
        socket?.destroy();
        return value;
      };
      void serveUploads(async (request) => {
        await readMultipart(request, { ...noted.rules, receive }).then(resolve, resolve);
        return '';
      }).then((port) => {
        socket = connect(port, '127.0.0.1');
        socket.write(head(whole.byteLength + 100));
        socket.write(formBytes([file, conf]).subarray(0, -20));
      });
    });
    expect(await outcome).toMatchObject({ code: 'VALIDATION_ERROR' });
    expect(noted.discarded).toEqual(['pixels']);
  });

  it('lets a client that sends everything first read its refusal', async () => {
    const port = await serveUploads((request) => readMultipart(request, rules).then(() => 'taken'));
    const body = formBytes([{ ...file, content: Buffer.alloc(4_000_000) }, conf]);
    expect(await sendThenRead(port, head(body.byteLength), body, 'PAYLOAD_TOO_LARGE')).toMatch(/^HTTP\/1\.1 400 /);
  });
});

async function destroyAtOnce({ stream }: IncomingFile): Promise<string> {
  stream.destroy();
  return 'seen';
}

async function readFirst({ stream }: IncomingFile): Promise<string> {
  for await (const _ of stream) return 'seen';
  return 'empty';
}
