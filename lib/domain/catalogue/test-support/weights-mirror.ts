import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

/** How the mirror treats the next connections. */
export type MirrorManners = {
  /** Ends every connection after so many bytes of the file. */
  cutAfterBytes: number | null;
  /** Gives files no entity tag, so that nothing can be resumed. */
  withoutTags: boolean;
  /** Announces so many bytes more than there are. */
  liesBytes: number;
  /** Does not announce a length. */
  withoutLength: boolean;
  /** Sends every request elsewhere first. */
  redirectTo: string | null;
  /** Milliseconds between pieces of 16 KB. */
  pauseMilliseconds: number;
};

const plain: MirrorManners = {
  cutAfterBytes: null,
  withoutTags: false,
  liesBytes: 0,
  withoutLength: false,
  redirectTo: null,
  pauseMilliseconds: 0,
};

const pieceBytes = 16_384;

/** Long enough for a busy machine to take in what was sent. */
const arrivalMilliseconds = 250;

/** A publisher's release page on this machine: answers ranges as a store of large files does, or misbehaves as told. */
export class WeightsMirror {
  readonly files = new Map<string, Uint8Array>();
  readonly manners: MirrorManners = { ...plain };
  /** Of each request: its path, and the Range header. */
  readonly asked: { readonly path: string; readonly range: string | undefined }[] = [];
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch(() => response.destroy());
    });
  }

  /** Listens on the loopback address; on a port of the system's choice unless told otherwise. */
  static async start(port = 0): Promise<WeightsMirror> {
    const mirror = new WeightsMirror();
    await new Promise<void>((resolve, reject) => {
      mirror.#server.once('error', reject).listen(port, '127.0.0.1', resolve);
    });
    return mirror;
  }

  get host(): string {
    const address = this.#server.address();
    return `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  }

  get origin(): string {
    return `http://${this.host}`;
  }

  behave(manners: Partial<MirrorManners> = {}): void {
    Object.assign(this.manners, plain, manners);
    this.asked.length = 0;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer({ url = '/', headers }: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = url.split('?')[0];
    this.asked.push({ path, range: headers.range });
    const { redirectTo } = this.manners;
    if (redirectTo !== null && !url.endsWith('?signed')) {
      response.writeHead(302, { location: `${redirectTo}${path}?signed` }).end();
      return;
    }
    const bytes = this.files.get(path.slice(1));
    if (bytes === undefined) response.writeHead(404).end('no such file');
    else await this.#send(bytes, headers, response);
  }

  async #send(bytes: Uint8Array, headers: IncomingMessage['headers'], response: ServerResponse): Promise<void> {
    const { cutAfterBytes, pauseMilliseconds } = this.manners;
    const start = this.#writeHead(bytes, headers, response);
    const end = Math.min(bytes.length, cutAfterBytes === null ? Number.POSITIVE_INFINITY : start + cutAfterBytes);
    for (let at = start; at < end; at += pieceBytes) {
      response.write(bytes.subarray(at, Math.min(end, at + pieceBytes)));
      await wait(pauseMilliseconds);
    }
    if (end === bytes.length) return void response.end();
    // What was sent shall arrive and be kept first: a broken connection takes along what waits on either side of it.
    await wait(arrivalMilliseconds);
    response.destroy();
  }

  /** The byte at which the answer begins. */
  #writeHead(bytes: Uint8Array, headers: IncomingMessage['headers'], response: ServerResponse): number {
    const { withoutTags, withoutLength, liesBytes } = this.manners;
    const tag = `"${bytes.length}-${bytes[bytes.length - 1]}-${bytes[60]}"`;
    const tags: Record<string, string> = withoutTags ? {} : { etag: tag };
    const total = bytes.length + liesBytes;
    const from = /^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1];
    if (from === undefined || headers['if-range'] !== tag) {
      response.writeHead(200, withoutLength ? tags : { ...tags, 'content-length': total });
      return 0;
    }
    response.writeHead(206, { ...tags, 'content-range': `bytes ${from}-${total - 1}/${total}` });
    return Number(from);
  }
}
