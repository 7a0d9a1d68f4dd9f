import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Fault } from '@/lib/core/fault';
import { createGuardedFetch, type GuardedFetchSettings } from '@/lib/platform/network/guarded-fetch';
import type { HostAddress } from '@/lib/platform/network/guarded-hops';

/** In the part of the internet that nobody was given: public by its number, and no packet ever gets there. */
const nowhere: HostAddress = { address: '2d00::1', family: 6 };
const loopback: HostAddress = { address: '127.0.0.1', family: 4 };

type LoopbackServer = {
  readonly origin: string;
  readonly host: string;
  readonly port: number;
  readonly requests: string[];
};

async function serve(answer: RequestListener): Promise<LoopbackServer> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(request.url ?? '');
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { origin: `http://127.0.0.1:${port}`, host: `127.0.0.1:${port}`, port, requests };
}

function fetchFrom(server: LoopbackServer, settings: Partial<GuardedFetchSettings> = {}) {
  return createGuardedFetch({ allowedHosts: [server.host], ...settings });
}

async function faultOf(fetching: Promise<unknown>): Promise<Fault['code'] | 'no fault'> {
  return fetching.then(
    () => 'no fault',
    (error) => error.code,
  );
}

function endless(response: ServerResponse): void {
  const write = (): void => {
    while (!response.destroyed && response.write(Buffer.alloc(65_536)));
  };
  response.on('drain', write);
  write();
}

describe('guarded fetch', () => {
  it('gives the bytes, the type and the last address of an allowed host', async () => {
    const server = await serve((request, response) => {
      if (request.url === '/old') response.writeHead(302, { location: '/new.png' }).end('moved');
      else response.writeHead(200, { 'content-type': 'image/png' }).end('pixels');
    });
    const { bytes, contentType, url } = await fetchFrom(server)(`${server.origin}/old`);
    expect(Buffer.from(bytes).toString()).toBe('pixels');
    expect(contentType).toBe('image/png');
    expect(url.href).toBe(`${server.origin}/new.png`);
  });

  it('sends neither cookies nor credentials, and asks for plain bytes', async () => {
    const server = await serve((request, response) => response.end(JSON.stringify(request.headers)));
    const { bytes } = await fetchFrom(server)(server.origin);
    const headers = JSON.parse(Buffer.from(bytes).toString());
    expect(headers['accept-encoding']).toBe('identity');
    expect(headers.cookie ?? headers.authorization ?? headers.referer).toBeUndefined();
  });

  it.each([
    'http://127.0.0.1:PORT/',
    'http://2130706433:PORT/',
    'http://0x7f.1:PORT/',
    'http://0177.0.0.1:PORT/',
    'http://127.1:PORT/',
    'http://0:PORT/',
    'http://[::1]:PORT/',
    'http://[::ffff:127.0.0.1]:PORT/',
    'http://[::ffff:7f00:1]:PORT/',
    'http://localhost:PORT/',
    'http://localhost.:PORT/',
    'http://①②⑦.⓪.⓪.①:PORT/',
  ])('does not reach this machine by %s', async (address) => {
    const server = await serve((_, response) => response.end('secret'));
    const guardedFetch = createGuardedFetch({ allowedHosts: ['localhost:1', 'elsewhere'] });
    const code = await faultOf(guardedFetch(address.replace('PORT', String(server.port))));
    expect(['url-refused', 'url-unreachable']).toContain(code);
    expect(server.requests).toEqual([]);
  });

  it.each(['http://2130706433/', 'http://0x7f.1/', 'http://[::ffff:127.0.0.1]/', 'http://169.254.169.254/latest/'])(
    'refuses %s without asking any name server',
    async (address) => {
      const resolve = async (): Promise<HostAddress[]> => {
        throw new Error('asked');
      };
      expect(await faultOf(createGuardedFetch({ allowedHosts: [], resolve })(address))).toBe('url-refused');
    },
  );

  it.each(['ftp://example.com/a', 'file:///etc/passwd', 'data:image/png;base64,AAAA', 'gopher://a', 'a.jpg', ''])(
    'takes http and https only: %j',
    async (address) => {
      expect(await faultOf(createGuardedFetch({ allowedHosts: [] })(address))).toBe('input-invalid');
    },
  );

  it('refuses an address with a user name or password', async () => {
    const server = await serve((_, response) => response.end('pixels'));
    expect(await faultOf(fetchFrom(server)(`http://user:pass@${server.host}/`))).toBe('url-refused');
    expect(server.requests).toEqual([]);
  });

  it('refuses a name when any one of its addresses is private', async () => {
    const server = await serve((_, response) => response.end('secret'));
    const guardedFetch = createGuardedFetch({ allowedHosts: [], resolve: async () => [nowhere, loopback] });
    expect(await faultOf(guardedFetch(`http://mixed.test:${server.port}/`))).toBe('url-refused');
    expect(server.requests).toEqual([]);
  });

  it('connects to the address that was checked, whatever the name server says next (rebinding)', async () => {
    const server = await serve((_, response) => response.end('secret'));
    let questions = 0;
    const resolve = async () => [questions++ === 0 ? nowhere : loopback];
    const guardedFetch = createGuardedFetch({ allowedHosts: [], resolve, deadlineMilliseconds: 1000 });
    expect(await faultOf(guardedFetch(`http://rebinding.test:${server.port}/`))).toBe('url-unreachable');
    expect(questions).toBe(1);
    expect(server.requests).toEqual([]);
  });

  it('uses the answer of the given resolver for the connection', async () => {
    const server = await serve((request, response) => response.end(request.headers.host));
    const allowedHosts = ['images.test'];
    const guardedFetch = createGuardedFetch({ allowedHosts, resolve: async () => [loopback] });
    const { bytes } = await guardedFetch(`http://images.test:${server.port}/`);
    expect(Buffer.from(bytes).toString()).toBe(`images.test:${server.port}`);
  });

  it.each([
    ['another port of this machine', (inner: LoopbackServer) => `${inner.origin}/secret`],
    ['the same in decimal', (inner: LoopbackServer) => `http://2130706433:${inner.port}/`],
    ['a name that resolves to this machine', (inner: LoopbackServer) => `http://inner.test:${inner.port}/`],
    ['an address without a scheme', (inner: LoopbackServer) => `//${inner.host}/`],
    ['a file', () => 'file:///etc/passwd'],
    ['an address with a password', (inner: LoopbackServer) => `http://a:b@${inner.host}/`],
  ])('does not follow a redirect to %s', async (_, location) => {
    const inner = await serve((_, response) => response.end('secret'));
    const outer = await serve((_, response) => response.writeHead(302, { location: location(inner) }).end());
    const guardedFetch = fetchFrom(outer, { resolve: async () => [loopback] });
    expect(await faultOf(guardedFetch(outer.origin))).toBe('url-refused');
    expect(outer.requests).toHaveLength(1);
    expect(inner.requests).toEqual([]);
  });

  it('follows five redirects and not a sixth', async () => {
    const server = await serve((request, response) => {
      const left = Number(request.url?.slice(1));
      if (left > 0) response.writeHead(307, { location: `/${left - 1}` }).end();
      else response.end('pixels');
    });
    expect(await faultOf(fetchFrom(server)(`${server.origin}/5`))).toBe('no fault');
    expect(await faultOf(fetchFrom(server)(`${server.origin}/6`))).toBe('url-unreachable');
  });

  it('ends a redirect to itself', async () => {
    const server = await serve((_, response) => response.writeHead(301, { location: '/' }).end());
    expect(await faultOf(fetchFrom(server)(server.origin))).toBe('url-unreachable');
    expect(server.requests).toHaveLength(6);
  });

  it.each([404, 500, 304, 300])('tells that the other server answered %i', async (status) => {
    const server = await serve((_, response) => response.writeHead(status).end());
    await expect(fetchFrom(server)(server.origin)).rejects.toMatchObject({
      code: 'url-unreachable',
      found: expect.stringContaining(String(status)),
    });
  });

  it('takes exactly as many bytes as allowed', async () => {
    const server = await serve((_, response) => response.end('x'.repeat(1000)));
    expect(await faultOf(fetchFrom(server, { maximumBytes: 1000 })(server.origin))).toBe('no fault');
    expect(await faultOf(fetchFrom(server, { maximumBytes: 999 })(server.origin))).toBe('image-too-large');
  });

  it('stops reading an endless body', async () => {
    const server = await serve((_, response) => endless(response));
    expect(await faultOf(fetchFrom(server, { maximumBytes: 100_000 })(server.origin))).toBe('image-too-large');
  });

  it('stops at a header that promises too much, before the body', async () => {
    const server = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '99999999999' });
      response.flushHeaders();
    });
    expect(await faultOf(fetchFrom(server)(server.origin))).toBe('image-too-large');
  });

  it('stops unfolding a gzip bomb', async () => {
    const bomb = gzipSync(Buffer.alloc(50 * 1024 ** 2));
    expect(bomb.byteLength).toBeLessThan(100_000);
    const server = await serve((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb));
    expect(await faultOf(fetchFrom(server)(server.origin))).toBe('image-too-large');
  });

  it('unfolds a small gzip body that nobody asked for', async () => {
    const server = await serve((_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('pixels')),
    );
    expect(Buffer.from((await fetchFrom(server)(server.origin)).bytes).toString()).toBe('pixels');
  });

  it.each(['gzip, gzip', 'zstd', 'x'])('does not guess the encoding %s', async (encoding) => {
    const server = await serve((_, response) =>
      response.writeHead(200, { 'content-encoding': encoding }).end('pixels'),
    );
    expect(await faultOf(fetchFrom(server)(server.origin))).toBe('url-unreachable');
  });

  it('does not take a body that was cut off', async () => {
    const server = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('only this', () => response.destroy());
    });
    expect(await faultOf(fetchFrom(server)(server.origin))).toBe('url-unreachable');
  });

  it.each([
    ['never answers', () => undefined],
    ['stalls within the body', (response: ServerResponse) => response.write('a')],
    ['drips a byte at a time', drip],
  ])('gives up a server that %s', async (_, answer: (response: ServerResponse) => unknown) => {
    const server = await serve((_, response) => void answer(response));
    await expect(fetchFrom(server, { deadlineMilliseconds: 200 })(server.origin)).rejects.toMatchObject({
      code: 'url-unreachable',
      found: expect.stringContaining('0.2 seconds'),
    });
  });

  it('gives up a name server that never answers', async () => {
    const resolve = () => new Promise<HostAddress[]>(() => undefined);
    const guardedFetch = createGuardedFetch({ allowedHosts: [], resolve, deadlineMilliseconds: 50 });
    expect(await faultOf(guardedFetch('http://slow.test/'))).toBe('url-unreachable');
  });

  it.each([
    ['no address', async () => []],
    ['an error', () => Promise.reject(new Error('ENOTFOUND'))],
  ])('tells when the name server gives %s', async (_, resolve) => {
    expect(await faultOf(createGuardedFetch({ allowedHosts: [], resolve })('http://a.test/'))).toBe('url-unreachable');
  });

  it("ends with the caller's signal and its reason", async () => {
    const controller = new AbortController();
    const server = await serve(() => controller.abort(new Error('client left')));
    await expect(fetchFrom(server)(server.origin, controller.signal)).rejects.toThrow('client left');
  });

  it('never tells the addresses behind a name', async () => {
    const guardedFetch = createGuardedFetch({
      allowedHosts: [],
      resolve: async () => [{ address: '10.20.30.40', family: 4 }],
    });
    await expect(guardedFetch('http://intranet.test/')).rejects.toThrow(/^(?!.*10\.20\.30\.40).*intranet\.test/);
  });
});

function drip(response: ServerResponse): void {
  const timer = setInterval(() => response.write('a'), 10);
  response.on('close', () => clearInterval(timer));
}
