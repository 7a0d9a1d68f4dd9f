import { createServer, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { onTestFinished } from 'vitest';
import { toDomainError } from '@/lib/http/to-domain-error';

/** Serves `handle` over HTTP, its requests made as Next makes them; errors are answered with status 400 and their code. */
export async function serveUploads(handle: (request: Request) => Promise<string>): Promise<number> {
  const server = createServer(async (incoming, response) => {
    const request = new Request('http://test.local/', {
      method: 'POST',
      headers: plainHeaders(incoming),
      body: asBody(incoming),
      duplex: 'half',
    } as RequestInit);
    const [status, text] = await handle(request).then(
      (value) => [200, value] as const,
      (error) => [400, toDomainError(error).code] as const,
    );
    response.writeHead(status).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** A client that, as Python's, writes everything it has before it reads a byte of the answer. Returns the
 * answer, as far as its word `end`. */
export function sendThenRead(port: number, head: string, body: Uint8Array, end: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', reject);
    socket.pause();
    socket.write(head);
    socket.write(body, () => {
      let answer = '';
      socket.setEncoding('utf8').on('data', (text) => {
        answer += text;
        if (!answer.includes(end)) return;
        resolve(answer);
        socket.destroy();
      });
      socket.resume();
    });
  });
}

function plainHeaders(incoming: IncomingMessage): Record<string, string> {
  const entries = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]);
  return Object.fromEntries(entries.filter(([name]) => name !== 'transfer-encoding'));
}

/** Next hands the Node request itself to `Request`, which takes any async iterable; the DOM's types do not know that. */
function asBody(incoming: IncomingMessage): BodyInit {
  return incoming as unknown as BodyInit;
}
