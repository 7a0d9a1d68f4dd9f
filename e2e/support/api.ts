import { tinyModel } from '@/lib/engines/model-files/test-support/tiny-models';
import { initialAccount } from './initial-account';

const port = Number(process.env.E2E_PORT ?? 3117);

/** Where the server of the journeys answers. */
export const origin = `http://localhost:${port}`;

export type ApiReply = {
  readonly status: number;
  readonly headers: Headers;
  /** The parsed JSON body; null for an empty one. */
  // biome-ignore lint/suspicious/noExplicitAny: replies are picked apart by the assertions that describe them.
  readonly body: any;
};

type ApiCall = {
  readonly key?: string | null;
  readonly json?: unknown;
  readonly form?: Readonly<Record<string, string | Blob>>;
  /** A body as it is, with the content type that `headers` name. */
  readonly bytes?: Uint8Array<ArrayBuffer>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Another server than that of the journeys. */
  readonly server?: string;
};

/** One call as a script makes it: with the first account's key unless told otherwise. */
export async function callApi(method: string, path: string, call: ApiCall = {}): Promise<ApiReply> {
  const headers = new Headers(call.headers);
  const key = call.key === undefined ? initialAccount.key : call.key;
  if (key !== null) headers.set('authorization', `Bearer ${key}`);
  let body: BodyInit | undefined = call.bytes;
  if (call.json !== undefined) {
    headers.set('content-type', 'application/json');
    body = JSON.stringify(call.json);
  }
  if (call.form !== undefined) {
    const form = new FormData();
    for (const [name, value] of Object.entries(call.form)) form.append(name, value);
    body = form;
  }
  const reply = await fetch(`${call.server ?? origin}${path}`, { method, headers, body, redirect: 'manual' });
  const text = await reply.text();
  const isJson = reply.headers.get('content-type')?.startsWith('application/json');
  return {
    status: reply.status,
    headers: reply.headers,
    body: isJson && text !== '' ? JSON.parse(text) : text || null,
  };
}

/** A new project of the first account. */
export async function makeProject(name: string, key?: string): Promise<{ id: string; slug: string }> {
  const { body } = await callApi('POST', '/api/projects', { key, json: { name } });
  return body.data;
}

/** A tiny model, uploaded into the project. */
export async function uploadTinyModel(
  projectId: string,
  name: string,
  options: Parameters<typeof tinyModel>[0] = {},
): Promise<{ id: string; slug: string }> {
  const file = new File([Buffer.from(tinyModel(options))], `${name}.onnx`);
  const { body } = await callApi('POST', '/api/models', { form: { file, projectId, name } });
  return body.data;
}
