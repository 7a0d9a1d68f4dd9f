import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GET as download } from '@/app/api/files/[sha256]/[fileName]/route';
import { GET as files } from '@/app/api/models/[modelId]/files/route';
import { POST as predict } from '@/app/api/models/[modelId]/predict/route';
import { POST as create } from '@/app/api/models/route';
import { POST as hubPredict } from '@/app/v1/predict/[modelId]/route';
import { createApiKey } from '@/lib/domain/api-keys/create-api-key';
import { modelWorld } from '@/lib/domain/models/test-support/model-material';
import { familyFile } from '@/lib/engines/architecture/test-support/family-file';
import { encodePng } from '@/lib/engines/vision/exports/png';

type Handler = (request: Request, next: { params: Promise<Record<string, string>> }) => Promise<Response>;

const shared = globalThis as { sightlineServices?: unknown };
const world = modelWorld();
let key: string;
let checkpoint: Uint8Array;

beforeAll(async () => {
  shared.sightlineServices = Promise.resolve(world.test.services);
  key = (await createApiKey(world.context, { name: 'test', kind: 'ul', scopes: [], expiresAt: null })).key;
  checkpoint = await familyFile('yolo26n-cls');
});
afterAll(() => {
  shared.sightlineServices = undefined;
});

function call(handler: Handler, params: Record<string, string>, body?: FormData, url = 'http://localhost:3000/api') {
  const headers = { Authorization: `Bearer ${key}` };
  const request = new Request(url, { method: body === undefined ? 'GET' : 'POST', headers, body });
  return handler(request, { params: Promise.resolve(params) });
}

function form(bytes: Uint8Array, fileName: string, fields: Record<string, string> = {}): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  data.set('file', new File([Buffer.from(bytes)], fileName));
  return data;
}

function greyImage(): Uint8Array {
  return encodePng({ kind: 'rgba8', width: 80, height: 64, data: new Uint8Array(80 * 64 * 4).fill(128) });
}

describe('a .pt over HTTP', () => {
  it('is uploaded, predicts in both surfaces, and comes back byte for byte', async () => {
    const created = await call(create, {}, form(checkpoint, 'best.pt', { projectId: world.projectId }));
    expect(created.status).toBe(201);
    const { data } = await created.json();
    expect(data).toMatchObject({ status: 'ready', task: 'classify', file: { format: 'pt' } });

    const answer = await call(predict, { modelId: data.id }, form(greyImage(), 'grey.png'));
    expect(answer.status).toBe(200);
    expect((await answer.json()).predictions[0]).toMatchObject({ class: expect.stringMatching(/^class \d$/) });
    const hub = await call(hubPredict, { modelId: data.id }, form(greyImage(), 'grey.png'));
    expect((await hub.json()).images[0].shape).toEqual([64, 80]);

    const links = (await (await call(files, { modelId: data.id })).json()).data;
    expect(links.map(({ kind }: { kind: string }) => kind)).toEqual(['weights', 'converted']);
    const [, , , sha256, fileName] = new URL(links[0].url).pathname.split('/').map(decodeURIComponent);
    const whole = await call(download, { sha256, fileName }, undefined, links[0].url);
    expect(Buffer.from(await whole.arrayBuffer())).toEqual(Buffer.from(checkpoint));
  });
});
