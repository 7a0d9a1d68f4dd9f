import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createGuardedDownload, type Download } from '@/lib/platform/network/guarded-download';

const never = new AbortController().signal;

async function serve(answer: RequestListener): Promise<{ origin: string; host: string; asked: IncomingMessage[] }> {
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    asked.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const host = `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  return { origin: `http://${host}`, host, asked };
}

function downloadFrom(host: string, stallMilliseconds = 2_000) {
  return createGuardedDownload({ publicHosts: [], allowedHosts: [host], stallMilliseconds });
}

async function whole({ offset, totalBytes, entityTag, body }: Download) {
  const pieces: Uint8Array[] = [];
  for await (const piece of body) pieces.push(piece);
  return { offset, totalBytes, entityTag, text: Buffer.concat(pieces).toString() };
}

async function codeOf(downloading: Promise<unknown>): Promise<string> {
  return downloading.then(
    () => 'no fault',
    (error) => error.code,
  );
}

describe('guarded download', () => {
  it('gives the whole file with its length and its tag', async () => {
    const server = await serve((_, response) =>
      response.writeHead(200, { etag: '"a"', 'content-length': 5 }).end('bytes'),
    );
    const request = { address: `${server.origin}/a.pt`, offset: 0, entityTag: null, signal: never };
    expect(await downloadFrom(server.host)(request, whole)).toEqual({
      offset: 0,
      totalBytes: 5,
      entityTag: '"a"',
      text: 'bytes',
    });
    expect(server.asked[0].headers.range).toBeUndefined();
  });

  it('goes on where it was broken off, through a redirect', async () => {
    const server = await serve((request, response) => {
      if (request.url === '/a.pt') return response.writeHead(302, { location: '/signed' }).end();
      return response.writeHead(206, { etag: '"a"', 'content-range': 'bytes 2-4/5' }).end('tes');
    });
    const request = { address: `${server.origin}/a.pt`, offset: 2, entityTag: '"a"', signal: never };
    expect(await downloadFrom(server.host)(request, whole)).toMatchObject({ offset: 2, totalBytes: 5, text: 'tes' });
    expect(server.asked[1].headers).toMatchObject({ range: 'bytes=2-', 'if-range': '"a"' });
  });

  it('begins anew when the file has changed, and when what is here is longer than the file', async () => {
    const server = await serve((request, response) => {
      if (request.url === '/long.pt' && request.headers.range) return response.writeHead(416).end();
      return response.writeHead(200, { etag: '"b"' }).end('other');
    });
    for (const path of ['/a.pt', '/long.pt']) {
      const request = { address: `${server.origin}${path}`, offset: 2, entityTag: '"a"', signal: never };
      expect(await downloadFrom(server.host)(request, whole)).toMatchObject({
        offset: 0,
        entityTag: '"b"',
        text: 'other',
      });
    }
  });

  it('asks for the whole file where no tag says which one the first bytes are of', async () => {
    const server = await serve((_, response) => response.writeHead(200, { etag: 'W/"a"' }).end('bytes'));
    const request = { address: `${server.origin}/a.pt`, offset: 3, entityTag: null, signal: never };
    expect(await downloadFrom(server.host)(request, whole)).toMatchObject({ offset: 0, entityTag: null });
    expect(server.asked[0].headers.range).toBeUndefined();
  });

  it.each([
    ['a part that was not asked for', 206, { 'content-range': 'bytes 0-4/5' }],
    ['a part without its place', 206, {}],
    ['an error page', 404, {}],
    ['a refused range for ever', 416, {}],
    ['an encoding that was not asked for', 200, { 'content-encoding': 'gzip' }],
  ])('refuses %s', async (_, status, headers) => {
    const server = await serve((_, response) => response.writeHead(status, { etag: '"a"', ...headers }).end('bytes'));
    const request = { address: server.origin, offset: 2, entityTag: '"a"', signal: never };
    expect(await codeOf(downloadFrom(server.host)(request, whole))).toBe('url-unreachable');
  });

  it('says that a connection broke off, stands still, or ends before its length', async () => {
    const server = await serve((request, response) => {
      response.writeHead(200, { 'content-length': 100 }).write('some');
      if (request.url === '/cut') setTimeout(() => response.destroy(), 20);
    });
    const download = downloadFrom(server.host, 300);
    for (const path of ['/cut', '/stall']) {
      const request = { address: `${server.origin}${path}`, offset: 0, entityTag: null, signal: never };
      expect(await codeOf(download(request, whole))).toBe('url-unreachable');
    }
  });

  it('says that nobody answers', async () => {
    const request = { address: 'http://127.0.0.1:9/a.pt', offset: 0, entityTag: null, signal: never };
    expect(await codeOf(downloadFrom('127.0.0.1:9')(request, whole))).toBe('url-unreachable');
  });

  it('refuses redirects to hosts that are not listed, and never asks them', async () => {
    const other = await serve((_, response) => response.end('secret'));
    const server = await serve((_, response) => response.writeHead(302, { location: other.origin }).end());
    const request = { address: server.origin, offset: 0, entityTag: null, signal: never };
    expect(await codeOf(downloadFrom(server.host)(request, whole))).toBe('url-refused');
    expect(other.asked).toHaveLength(0);
  });

  it.each([
    ['without https', 'http://files.example/a.pt', '93.184.216.34'],
    ['that resolve into our own network', 'https://files.example/a.pt', '10.0.0.1'],
    ['on another port', 'https://files.example:8443/a.pt', '93.184.216.34'],
    ['that only look alike', 'https://files.example.evil.example/a.pt', '93.184.216.34'],
  ])('refuses public hosts %s', async (_, address, resolved) => {
    const download = createGuardedDownload({
      publicHosts: ['files.example:443'],
      allowedHosts: [],
      resolve: async () => [{ address: resolved, family: 4 }],
    });
    expect(await codeOf(download({ address, offset: 0, entityTag: null, signal: never }, whole))).toBe('url-refused');
  });

  it('leaves what the caller throws as it is, and ends with the reason of the signal', async () => {
    const server = await serve((_, response) => void response.writeHead(200).write('some'));
    const download = downloadFrom(server.host);
    const request = { address: server.origin, offset: 0, entityTag: null, signal: never };
    const own = new Error('full');
    await expect(
      download(request, () => {
        throw own;
      }),
    ).rejects.toBe(own);
    const stopping = new AbortController();
    const stopped = download({ ...request, signal: stopping.signal }, async (answer) => {
      stopping.abort(own);
      return whole(answer);
    });
    await expect(stopped).rejects.toBe(own);
  });
});
