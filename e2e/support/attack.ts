import { connect } from 'node:net';
import { expect } from '@playwright/test';
import { type ApiReply, callApi, origin } from './api';
import { initialAccount } from './initial-account';

type Call = Parameters<typeof callApi>[2];

/** What no refusal may tell: folders of the server, stacks, statements of the database, keys. */
const leaks =
  /(^|[\s"'(])\/(?!api\b|v1\b)[\w.-]+\/[\w.-]+\/|node_modules|\bat .+:\d+:\d+|\.[cm]?[jt]s:\d+|\b(select|insert into|update|delete from)\b.+\b(from|values|set|where)\b|failed query|sqlstate|postgres|ul_[0-9a-f]{8}/i;

/** A call that is meant to do harm: whatever comes back is no fault of the server, and a refusal is one of the API's own. */
export async function attack(method: string, path: string, call: Call = {}): Promise<ApiReply> {
  const reply = await callApi(method, path, call);
  expectHarmless(reply, `${method} ${path.slice(0, 200)}`);
  return reply;
}

/** Fails for a fault of the server, for a refusal in any other shape than the API's, and for one that tells too much. */
export function expectHarmless({ status, headers, body }: ApiReply, where: string): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  expect(status, `${where}: ${text}`).not.toBe(500);
  if (status < 400) return;
  expect(headers.get('content-type'), `${where}: ${text}`).toBe('application/json');
  expect(headers.get('x-request-id'), where).toMatch(/^req_\w+$/);
  expect(body.success, where).toBe(false);
  const message = body.error?.message ?? body.message;
  expect(message, where).toMatch(/\w{2}.*[.:]?/);
  expect(text, where).not.toMatch(leaks);
}

export type RawRequest = {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** `close`: the client stops sending behind the body, and still listens. `leave`: it breaks the connection off. */
  readonly then?: 'wait' | 'close' | 'leave';
};

/**
 * Sends bytes as no client library would, with the first account's key. Null when the server cut the connection without an
 * answer, or nobody waited for one.
 */
export async function rawCall(request: RawRequest): Promise<ApiReply | null> {
  const text = await exchange(request);
  if (text === '') return null;
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const [statusLine = '', ...lines] = head.split('\r\n');
  const headers = new Headers(lines.map((line): [string, string] => splitHeader(line)));
  const content = rest.join('\r\n\r\n');
  const json = headers.get('content-type') === 'application/json' ? content.slice(content.indexOf('{')) : null;
  const body = json === null ? content : JSON.parse(json.slice(0, json.lastIndexOf('}') + 1));
  return { status: Number(statusLine.split(' ')[1]), headers, body };
}

function splitHeader(line: string): [string, string] {
  const at = line.indexOf(':');
  return [line.slice(0, at), line.slice(at + 1).trim()];
}

function exchange({ method, path, headers = {}, body, then = 'wait' }: RawRequest): Promise<string> {
  const { hostname, port, host } = new URL(origin);
  const all = { host, authorization: `Bearer ${initialAccount.key}`, connection: 'close', ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    let received = '';
    socket.setTimeout(30_000, () => socket.destroy(new Error(`${method} ${path} got no answer for 30 s`)));
    socket.on('data', (chunk) => {
      received += chunk.toString('utf8');
    });
    // A server that has answered may cut the connection while we still send.
    socket.on('error', (error) => ('code' in error ? resolve(received) : reject(error)));
    socket.on('end', () => {
      socket.end();
      resolve(received);
    });
    socket.write(`${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
    if (body !== undefined) socket.write(body);
    if (then === 'close') socket.end();
    if (then === 'leave') {
      socket.end(() => {
        socket.destroy();
        resolve('');
      });
    }
  });
}
