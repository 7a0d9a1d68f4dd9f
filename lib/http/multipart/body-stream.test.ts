import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { bodyStream } from '@/lib/http/multipart/body-stream';
import { readBodyBytes } from '@/lib/http/multipart/read-body';
import { requestOf } from '@/lib/http/multipart/test-support/form-body';
import { sendThenRead, serveUploads } from '@/lib/http/multipart/test-support/upload-server';

const chunks = (...texts: readonly string[]): Uint8Array[] => texts.map((text) => Buffer.from(text));

async function readText(request: Request, maximumBytes = 100): Promise<string> {
  return Buffer.from(await readBodyBytes(request, maximumBytes)).toString();
}

describe('a request body', () => {
  it('is read whole', async () => {
    expect(await readText(requestOf(chunks('hello ', 'world'), { 'content-length': '11' }))).toBe('hello world');
    expect(await readText(requestOf(chunks('hello ', 'world')))).toBe('hello world');
  });

  it('may be absent', async () => {
    expect(await readText(new Request('http://test.local/'))).toBe('');
    expect(await readText(new Request('http://test.local/', { method: 'POST' }))).toBe('');
  });

  it('may have exactly as many bytes as allowed, and not one more', async () => {
    expect(await readText(requestOf(chunks('hello', 'world')), 10)).toBe('helloworld');
    await expect(readText(requestOf(chunks('hello', 'world', '!')), 10)).rejects.toMatchObject({
      code: 'PAYLOAD_TOO_LARGE',
    });
  });

  it('is refused before the first byte when it announces too much', async () => {
    const request = requestOf(chunks('hello'), { 'content-length': '11' });
    await expect(bodyStream(request, 10).next()).rejects.toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
  });

  it.each([
    ['fewer', '12'],
    ['more', '10'],
  ])('with %s bytes than announced is not taken', async (_, length) => {
    const request = requestOf(chunks('hello ', 'world'), { 'content-length': length });
    await expect(readText(request)).rejects.toMatchObject({
      code: 'VALIDATION_ERROR',
      message: expect.stringContaining(`announced ${length} bytes, and 11 arrived`),
    });
  });

  it('is not unfolded', async () => {
    await expect(readText(requestOf(chunks('x'), { 'content-encoding': 'gzip' }))).rejects.toMatchObject({
      code: 'UNSUPPORTED_MEDIA_TYPE',
    });
    expect(await readText(requestOf(chunks('x'), { 'content-encoding': 'identity' }))).toBe('x');
  });

  it('that breaks off is the client’s fault, with the cause kept', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('hello');
      throw new Error('ECONNRESET');
    }
    await expect(readText(requestOf(broken()))).rejects.toMatchObject({
      code: 'VALIDATION_ERROR',
      cause: { message: 'ECONNRESET' },
    });
  });

  it('is read no faster than its reader goes', async () => {
    let given = 0;
    function* counted(): Generator<Uint8Array> {
      for (; given < 1000; given++) yield Buffer.alloc(1000);
    }
    const body = bodyStream(requestOf(counted()), 1_000_000);
    await body.next();
    await body.next();
    expect(given).toBeLessThan(5);
    await body.return();
  });

  it('is read on in the background when it is refused, and let go at its end', async () => {
    let given = 0;
    const ended = new Promise<void>((resolve) => {
      function* counted(): Generator<Uint8Array> {
        for (; given < 50; given++) yield Buffer.alloc(10);
        resolve();
      }
      const reading = readText(requestOf(counted()), 100);
      reading.catch(() => undefined);
    });
    await ended;
    expect(given).toBe(50);
  });

  it('is cut when a refused client sends without end', async () => {
    let given = 0;
    const ended = new Promise<void>((resolve) => {
      function* endless(): Generator<Uint8Array> {
        try {
          for (;;) {
            given++;
            yield Buffer.alloc(1024 ** 2);
          }
        } finally {
          resolve();
        }
      }
      const reading = readText(requestOf(endless()), 100);
      reading.catch(() => undefined);
    });
    await ended;
    expect(given).toBeLessThan(80);
  });
});

describe('over a connection', () => {
  it.each(['close', 'keep-alive'])(
    'a client that sends everything first still reads its refusal (%s)',
    async (mode) => {
      const port = await serveUploads((request) => readText(request, 1000));
      const body = Buffer.alloc(20 * 1024 ** 2);
      const head = `POST / HTTP/1.1\r\nHost: test\r\nConnection: ${mode}\r\nContent-Length: ${body.byteLength}\r\n\r\n`;
      expect(await sendThenRead(port, head, body, 'PAYLOAD_TOO_LARGE')).toMatch(/^HTTP\/1\.1 400 /);
    },
  );

  it.each(['close', 'keep-alive'])(
    'a client that announces much and stops still reads its refusal (%s)',
    async (mode) => {
      const port = await serveUploads((request) => readText(request, 1000));
      const head = `POST / HTTP/1.1\r\nHost: test\r\nConnection: ${mode}\r\nContent-Length: 1000000000000\r\n\r\n`;
      expect(await sendThenRead(port, head, Buffer.from('{'), 'PAYLOAD_TOO_LARGE')).toMatch(/^HTTP\/1\.1 400 /);
    },
  );

  it('a client that leaves in the middle ends the reading', async () => {
    const outcome = new Promise((resolve) => {
      void serveUploads((request) => {
        const reading = readText(request, 1000);
        reading.then(resolve, resolve);
        return reading;
      }).then((port) => {
        const socket = connect(port, '127.0.0.1');
        socket.write('POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 100\r\n\r\nonly this', () => socket.destroy());
      });
    });
    expect(await outcome).toMatchObject({ code: 'VALIDATION_ERROR' });
  });
});
