import { createServer, type RequestListener } from 'node:http';
import { Duplex } from 'node:stream';
import { expect, it, vi } from 'vitest';
import { sendTogether } from './send-together.mjs';

/** What a server writes on one connection, each call of the system for itself. */
function writesOf(listener: RequestListener): string[] {
  const writes: string[] = [];
  const connection = new Duplex({
    read: () => undefined,
    write(chunk, _encoding, done) {
      writes.push(String(chunk));
      done();
    },
    writev(chunks, done) {
      writes.push(chunks.map(({ chunk }) => String(chunk)).join(''));
      done();
    },
  });
  createServer(listener).emit('connection', connection);
  connection.push('GET / HTTP/1.1\r\nHost: test\r\n\r\n');
  return writes;
}

it('sends a reply whose body follows its head at once as one piece', async () => {
  const writes = writesOf(async (_, response) => {
    sendTogether(response);
    response.flushHeaders();
    await null;
    response.write('body');
    await null;
    response.end();
  });
  await vi.waitFor(() => expect(writes.join('')).toMatch(/body\r\n0\r\n\r\n$/));
  expect(writes).toHaveLength(1);
});

it('does not hold the head of a reply whose body comes later', async () => {
  const writes = writesOf((_, response) => {
    sendTogether(response);
    response.flushHeaders();
  });
  await vi.waitFor(() => expect(writes.join('')).toMatch(/^HTTP\/1\.1 200 OK/));
});
