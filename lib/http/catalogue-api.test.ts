import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { POST as download } from '@/app/api/catalogue/[name]/download/route';
import { GET as file } from '@/app/api/catalogue/[name]/file/route';
import { POST as makeModel } from '@/app/api/catalogue/[name]/models/route';
import { GET as entry } from '@/app/api/catalogue/[name]/route';
import { GET as list } from '@/app/api/catalogue/route';
import { present } from '@/lib/core/assert';
import { createApiKey } from '@/lib/domain/api-keys/create-api-key';
import { downloadWeights } from '@/lib/domain/catalogue/download-weights';
import { catalogueFiles } from '@/lib/domain/catalogue/tables';
import { WeightsMirror } from '@/lib/domain/catalogue/test-support/weights-mirror';
import type { Context, Services } from '@/lib/domain/context';
import { modelWorld } from '@/lib/domain/models/test-support/model-material';
import { tinyCheckpoint } from '@/lib/engines/model-files/test-support/stored-zip';
import { createGuardedDownload } from '@/lib/platform/network/guarded-download';

type Handler = (request: Request, next: { params: Promise<Record<string, string>> }) => Promise<Response>;

const shared = globalThis as { sightlineServices?: unknown };
const world = modelWorld();
const name = 'yolov8n';
const weights = tinyCheckpoint('official');
let mirror: WeightsMirror;
let services: Services;
let key: string;
let strangerKey: string;

beforeAll(async () => {
  mirror = await WeightsMirror.start();
  mirror.files.set(`${name}.pt`, weights);
  const source = createGuardedDownload({ publicHosts: [], allowedHosts: [mirror.host] });
  const weightsSource = { baseUrl: mirror.origin, maximumBytes: 2 ** 20, download: source };
  services = { ...world.test.services, weightsSource };
  shared.sightlineServices = Promise.resolve(services);
  [key, strangerKey] = [await keyOf(world.context), await keyOf(world.test.other)];
});
afterAll(async () => {
  shared.sightlineServices = undefined;
  await mirror?.close();
});

async function keyOf(context: Context): Promise<string> {
  return (await createApiKey(context, { name: 'test', kind: 'ul', scopes: [], expiresAt: null })).key;
}

function call(handler: Handler, init: RequestInit & { by?: string } = {}): Promise<Response> {
  const { by = key, ...rest } = init;
  const headers = new Headers(rest.headers);
  if (by !== '') headers.set('Authorization', `Bearer ${by}`);
  const request = new Request('http://localhost:3000/api/catalogue', { ...rest, headers });
  return handler(request, { params: Promise.resolve({ name }) });
}

function post(handler: Handler, body: unknown, by = key): Promise<Response> {
  const headers = { 'Content-Type': 'application/json' };
  return call(handler, { method: 'POST', by, headers, body: JSON.stringify(body) });
}

/** What the worker does with the job. */
async function work(): Promise<void> {
  const address = `${mirror.origin}/${name}.pt`;
  const [row] = await services.db.select().from(catalogueFiles).where(eq(catalogueFiles.address, address));
  const run = { address, runId: present(row?.runId ?? null, 'a run') };
  await downloadWeights(services, run, new AbortController().signal);
}

describe('the catalogue API', () => {
  it('answers nobody without a key', async () => {
    for (const handler of [list, entry, file]) expect((await call(handler, { by: '' })).status).toBe(401);
    expect((await post(download, { acceptLicense: true }, '')).status).toBe(401);
  });

  it.each([{}, { acceptLicense: false }, { acceptLicense: 'true' }])(
    'fetches nothing without consent: %j',
    async (body) => {
      expect((await post(download, body)).status).toBe(400);
      expect(mirror.asked).toHaveLength(0);
    },
  );

  it('fetches, reports, serves whole and in part, and makes a model', async () => {
    expect((await call(file)).status).toBe(403);
    const started = await post(download, { acceptLicense: true });
    expect(started.status).toBe(202);
    expect((await started.json()).data).toMatchObject({ state: 'waiting', isLicenseAccepted: true });
    expect((await call(file)).status).toBe(409);
    await work();
    expect((await (await call(entry)).json()).data).toMatchObject({ state: 'ready', receivedBytes: weights.length });

    const whole = await call(file);
    expect(whole.headers.get('content-disposition')).toContain('yolov8n.pt');
    expect(Buffer.from(await whole.arrayBuffer())).toEqual(Buffer.from(weights));
    const part = await call(file, { headers: { Range: 'bytes=1-3' } });
    expect([part.status, await part.text()]).toEqual([206, Buffer.from(weights.subarray(1, 4)).toString('latin1')]);

    const made = await post(makeModel, { projectId: world.projectId });
    expect(made.status).toBe(201);
    expect((await made.json()).data).toMatchObject({ name: 'yolov8n', origin: { kind: 'catalogue', via: 'api' } });
  });

  it('gives another workspace nothing before it accepts, and no project of this one after', async () => {
    expect((await (await call(entry, { by: strangerKey })).json()).data).toMatchObject({ isLicenseAccepted: false });
    expect((await call(file, { by: strangerKey })).status).toBe(403);
    expect((await post(download, { acceptLicense: true }, strangerKey)).status).toBe(202);
    expect((await call(file, { by: strangerKey })).status).toBe(200);
    expect((await post(makeModel, { projectId: world.projectId }, strangerKey)).status).toBe(404);
  });
});
