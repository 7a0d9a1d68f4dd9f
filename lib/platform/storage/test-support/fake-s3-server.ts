import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { present } from '@/lib/core/assert';
import type { S3Settings } from '@/lib/platform/storage/s3-shelf';

export type FakeS3Server = {
  readonly settings: S3Settings;
  /** Objects by their key. */
  readonly objects: Map<string, Buffer>;
  /** `METHOD key` of every request, in order. */
  readonly requests: string[];
  /** Answers this many uploads with 503 before it takes one again. */
  failUploads(times: number): void;
  close(): Promise<void>;
};

/** The four operations of S3 that the storage uses, in memory, checking what a real service checks. */
export async function startFakeS3Server(): Promise<FakeS3Server> {
  const objects = new Map<string, Buffer>();
  const requests: string[] = [];
  let failuresLeft = 0;
  const server = createServer(async (request, response) => {
    const key = present(request.url, 'the path').replace(/^\/bucket\/|\?.*$/g, '');
    requests.push(`${request.method} ${key}`);
    const isRefusedUpload = request.method === 'PUT' && failuresLeft-- > 0;
    if (isRefusedUpload) {
      request.resume();
      answerError(response, 503, 'SlowDown');
      return;
    }
    await answer(objects, key, request, response);
  });
  const port = await listen(server);
  return {
    settings: {
      bucket: 'bucket',
      region: 'us-east-1',
      endpoint: `http://127.0.0.1:${port}`,
      credentials: { accessKeyId: 'test-id', secretAccessKey: 'test-secret' },
      forcePathStyle: true,
    },
    objects,
    requests,
    failUploads(times) {
      failuresLeft = times;
    },
    close() {
      server.closeAllConnections();
      return new Promise((resolve, reject) => server.close((error) => (error ? reject(error) : resolve())));
    },
  };
}

async function answer(
  objects: Map<string, Buffer>,
  key: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!request.headers.authorization?.startsWith('AWS4-HMAC-SHA256 Credential=test-id/')) {
    answerError(response, 403, 'AccessDenied');
    return;
  }
  switch (request.method) {
    case 'PUT':
      return store(objects, key, request, response);
    case 'DELETE':
      objects.delete(key);
      response.writeHead(204).end();
      return;
    default:
      return send(objects.get(key), request, response);
  }
}

async function store(
  objects: Map<string, Buffer>,
  key: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await buffer(request);
  const checksum = createHash('sha256').update(body).digest('base64');
  if (request.headers['x-amz-checksum-sha256'] !== checksum) {
    answerError(response, 400, 'BadDigest');
    return;
  }
  objects.set(key, body);
  response.writeHead(200, { etag: '"stored"' }).end();
}

function send(object: Buffer | undefined, request: IncomingMessage, response: ServerResponse): void {
  if (object === undefined) {
    answerError(response, 404, 'NoSuchKey', request.method === 'HEAD');
    return;
  }
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
  const start = range === null ? 0 : Number(range[1]);
  const end = range === null || range[2] === '' ? object.byteLength - 1 : Number(range[2]);
  if (range !== null && start >= object.byteLength) {
    answerError(response, 416, 'InvalidRange');
    return;
  }
  const part = object.subarray(start, end + 1);
  response.writeHead(range === null ? 200 : 206, {
    'content-length': part.byteLength,
    etag: '"stored"',
    'last-modified': new Date(0).toUTCString(),
  });
  response.end(request.method === 'HEAD' ? undefined : part);
}

function answerError(response: ServerResponse, status: number, code: string, isHead = false): void {
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(
    isHead ? undefined : `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`,
  );
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (typeof address === 'object' && address !== null) resolve(address.port);
    });
  });
}
