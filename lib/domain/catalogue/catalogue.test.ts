import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { present } from '@/lib/core/assert';
import { activityEvents } from '@/lib/domain/activity/tables';
import { releaseUnreferencedBlobs } from '@/lib/domain/blobs/release-unreferenced-blobs';
import { blobHolds } from '@/lib/domain/blobs/tables';
import { cancelDownload } from '@/lib/domain/catalogue/cancel-download';
import { createModelFromWeights } from '@/lib/domain/catalogue/create-model-from-weights';
import { downloadWeights, failDownload } from '@/lib/domain/catalogue/download-weights';
import { getCatalogueEntry } from '@/lib/domain/catalogue/get-catalogue-entry';
import { listCatalogue } from '@/lib/domain/catalogue/list-catalogue';
import { openWeights } from '@/lib/domain/catalogue/open-weights';
import { startDownload } from '@/lib/domain/catalogue/start-download';
import { catalogueFiles } from '@/lib/domain/catalogue/tables';
import { WeightsMirror } from '@/lib/domain/catalogue/test-support/weights-mirror';
import type { Context } from '@/lib/domain/context';
import { newProject } from '@/lib/domain/models/test-support/model-material';
import { createTestContext, type TestContext, withKey } from '@/lib/domain/test-support/test-context';
import { tinyCheckpoint } from '@/lib/engines/model-files/test-support/stored-zip';
import { createGuardedDownload } from '@/lib/platform/network/guarded-download';

const never = new AbortController().signal;
const weights = tinyCheckpoint('w'.repeat(100_000));
const name = 'yolo11n-seg';

let world: TestContext;
let mirror: WeightsMirror;
let context: Context;
let other: Context;

beforeAll(async () => {
  world = await createTestContext();
  mirror = await WeightsMirror.start();
  context = atMirror(world.context);
  other = atMirror(world.other);
});
afterAll(async () => {
  await world?.close();
  await mirror?.close();
});
beforeEach(async () => {
  mirror.behave();
  mirror.files.clear();
  mirror.files.set('yolo11n-seg.pt', weights);
  const { db } = world.services;
  const held = await db.delete(catalogueFiles).returning();
  await releaseUnreferencedBlobs(
    world.services,
    held.flatMap(({ sha256 }) => sha256 ?? []),
  );
});

function atMirror(by: Context): Context {
  const download = createGuardedDownload({
    publicHosts: [],
    allowedHosts: [mirror.host],
    stallMilliseconds: 2_000,
  });
  return { ...by, weightsSource: { baseUrl: mirror.origin, maximumBytes: 300_000, download } };
}

async function rowOf(by: Context = context) {
  const address = `${by.weightsSource.baseUrl}/${name}.pt`;
  const [row] = await by.db.select().from(catalogueFiles).where(eq(catalogueFiles.address, address));
  return present(row, 'the row of the file');
}

/** Does the job that a start has enqueued. */
async function work(by: Context = context, signal: AbortSignal = never): Promise<void> {
  const { address, runId } = await rowOf(by);
  await downloadWeights(by, { address, runId: present(runId, 'a run') }, signal);
}

async function fetched(by: Context = context) {
  await startDownload(by, name);
  await work(by);
  return getCatalogueEntry(by, name);
}

async function bytesOf(by: Context): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of await (await openWeights(by, name)).read({})) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces);
}

describe('the catalogue', () => {
  it('lists every file of the three families with its licence and its place', async () => {
    const entries = await listCatalogue(context);
    expect(entries).toHaveLength(85);
    expect(new Set(entries.map((entry) => entry.name)).size).toBe(85);
    expect(entries.find((entry) => entry.name === name)).toMatchObject({
      fileName: 'yolo11n-seg.pt',
      task: 'segment',
      license: { id: 'AGPL-3.0' },
      sourceUrl: `${mirror.origin}/yolo11n-seg.pt`,
      state: 'absent',
    });
  });

  it('knows no other names, and asks for the scope', async () => {
    await expect(startDownload(context, '../../etc/passwd')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(getCatalogueEntry(context, 'yolo11n-world')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const reader = withKey(context, ['models:read']);
    await expect(startDownload(reader, name)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(listCatalogue(withKey(context, ['projects']))).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('fetches a file, keeps it under its SHA-256 and leaves nothing partial', async () => {
    const entry = await fetched();
    expect(entry).toMatchObject({ state: 'ready', totalBytes: weights.length, isLicenseAccepted: true });
    expect(await bytesOf(context)).toEqual(Buffer.from(weights));
    expect(await rowOf()).toMatchObject({ partialId: null, runId: null, knownSha256: entry.sha256 });
    expect(await context.db.select().from(blobHolds)).toEqual([]);
  });

  it('writes the accepted licence into the activity, once a workspace', async () => {
    await fetched(other);
    await startDownload(other, name);
    const events = await other.db
      .select()
      .from(activityEvents)
      .where(eq(activityEvents.workspaceId, other.workspaceId));
    const accepted = events.filter(({ resourceType }) => resourceType === 'catalogue');
    expect(accepted).toMatchObject([{ resourceId: name, details: { license: 'AGPL-3.0' } }]);
  });

  it('shares one download and one file, and gives nobody the bytes who has not accepted the licence', async () => {
    const third = 'yolov8s-pose';
    mirror.files.set(`${third}.pt`, weights);
    await startDownload(context, third);
    const address = `${mirror.origin}/${third}.pt`;
    const [first] = await context.db.select().from(catalogueFiles).where(eq(catalogueFiles.address, address));
    await expect(openWeights(other, third)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(createModelFromWeights(other, third, input('project_x'))).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await startDownload(other, third);
    const [joined] = await context.db.select().from(catalogueFiles).where(eq(catalogueFiles.address, address));
    expect(joined.runId).toBe(first.runId);
    await expect(openWeights(other, third)).rejects.toMatchObject({ code: 'CONFLICT' });
    await downloadWeights(context, { address, runId: present(first.runId, 'a run') }, never);
    expect(mirror.asked).toHaveLength(1);
    expect(await openWeights(other, third)).toMatchObject({ sizeBytes: weights.length });
  });

  it('makes a model whose bytes are the catalogue’s', async () => {
    const { sha256 } = await fetched();
    const project = await newProject(context);
    const model = await createModelFromWeights(context, name, input(project.id));
    expect(model).toMatchObject({
      name: 'yolo11n-seg',
      file: { sha256, fileName: 'yolo11n-seg.pt' },
      origin: { kind: 'catalogue' },
    });
    expect(await bytesOf(context)).toEqual(Buffer.from(weights));
  });

  function input(projectId: string) {
    return { projectId, description: '' };
  }
});

describe('a download', () => {
  it('goes on after every broken connection', async () => {
    mirror.behave({ cutAfterBytes: 30_000 });
    expect(await fetched()).toMatchObject({ state: 'ready' });
    expect(await bytesOf(context)).toEqual(Buffer.from(weights));
    const ranges = mirror.asked.map(({ range }) => range);
    expect(ranges[0]).toBeUndefined();
    expect(ranges.length).toBeGreaterThan(3);
    expect(ranges.slice(1).every((range) => /^bytes=[1-9]\d*-$/.test(range ?? ''))).toBe(true);
  });

  it('begins anew when the file changes in between, and mixes nothing', async () => {
    mirror.behave({ cutAfterBytes: 30_000 });
    mirror.files.set('yolo11n-seg.pt', tinyCheckpoint('v'.repeat(90_000)));
    const stopping = new AbortController();
    await startDownload(context, name);
    const own = atMirror(world.context);
    const stopped = downloadWeights(
      {
        ...own,
        weightsSource: {
          ...own.weightsSource,
          download: async (request, consume) => {
            const answer = await own.weightsSource
              .download(request, consume)
              .finally(() => stopping.abort(new Error('killed')));
            return answer;
          },
        },
      },
      { address: `${mirror.origin}/${name}.pt`, runId: present((await rowOf()).runId, 'a run') },
      stopping.signal,
    );
    await expect(stopped).rejects.toThrow('killed');
    expect(await rowOf()).toMatchObject({ state: 'downloading' });
    mirror.files.set('yolo11n-seg.pt', weights);
    mirror.behave();
    await work();
    expect(mirror.asked[0].range).toMatch(/^bytes=[1-9]/);
    expect(await bytesOf(context)).toEqual(Buffer.from(weights));
  });

  it('ends with a plain sentence when nobody can be reached, and goes on with what it had later', async () => {
    mirror.behave({ cutAfterBytes: 0 });
    const failed = await fetched();
    expect(failed).toMatchObject({ state: 'failed' });
    expect(failed.stateReason).toContain('could not be reached, or did not give the file: ');
    expect(failed.stateReason).toContain(`download ${mirror.origin}/yolo11n-seg.pt with a browser and drop the .pt`);
    mirror.behave();
    expect(await fetched()).toMatchObject({ state: 'ready', stateReason: null });
  });

  it.each([
    [
      'a connection that always ends early without a tag',
      { cutAfterBytes: 40_000, withoutTags: true },
      'could not be reached',
    ],
    ['fewer bytes than announced', { liesBytes: 50 }, 'could not be reached'],
    ['more bytes than may be', { liesBytes: 400_000 }, 'CATALOGUE_MAXIMUM_MB'],
    ['a redirect to another host', { redirectTo: 'http://127.0.0.1:1' }, 'nothing may be fetched from'],
    ['a redirect into the clouds', { redirectTo: 'http://169.254.169.254' }, 'nothing may be fetched from'],
  ])('fails, telling why, for %s', async (_, manners, words) => {
    mirror.behave(manners);
    const failed = await fetched();
    expect(failed).toMatchObject({ state: 'failed', sha256: null });
    expect(failed.stateReason).toContain(words);
  });

  it.each([
    ['an error page', Buffer.from('<html>Please sign in to the hotel’s network</html>')],
    ['an empty file', Buffer.alloc(0)],
    ['a file without end', Buffer.alloc(400_000, 'PK\x03\x04', 'latin1')],
  ])('refuses %s in place of the weights, and keeps none of it', async (_, bytes) => {
    mirror.behave({ withoutLength: true });
    mirror.files.set('yolo11n-seg.pt', bytes);
    const failed = await fetched();
    expect(failed).toMatchObject({ state: 'failed', receivedBytes: 0, sha256: null });
    const { partialId } = await rowOf();
    expect(await context.resumable.length(present(partialId, 'a partial file'))).toBe(0);
  });

  it('refuses a file that is another one than when it was first here', async () => {
    const { sha256 } = await fetched();
    await world.services.storage.remove(present(sha256, 'a hash'));
    mirror.files.set('yolo11n-seg.pt', tinyCheckpoint('tampered'));
    const again = await fetched();
    expect(again).toMatchObject({ state: 'failed' });
    expect(again.stateReason).toContain(`SHA-256 ${sha256} then`);
    mirror.files.set('yolo11n-seg.pt', weights);
    expect(await fetched()).toMatchObject({ state: 'ready', sha256 });
  });

  it('ends when the last workspace that waits for it cancels, and leaves nothing', async () => {
    await startDownload(context, name);
    await startDownload(other, name);
    mirror.behave({ pauseMilliseconds: 200 });
    const working = work();
    await expect.poll(async () => (await rowOf()).receivedBytes, { interval: 50, timeout: 5_000 }).toBeGreaterThan(0);
    expect(await cancelDownload(context, name)).toMatchObject({ state: 'downloading' });
    await expect(cancelDownload(context, name)).rejects.toMatchObject({ code: 'CONFLICT' });
    const { partialId } = await rowOf();
    expect(await cancelDownload(other, name)).toMatchObject({ state: 'absent', receivedBytes: 0 });
    await working;
    expect(await rowOf()).toMatchObject({ state: 'absent', partialId: null });
    expect(await context.resumable.length(present(partialId, 'a partial file'))).toBe(0);
  });

  it('writes nothing any more once another one took its place', async () => {
    await startDownload(context, name);
    const { address, runId } = await rowOf();
    await cancelDownload(context, name);
    await startDownload(context, name);
    const old = { address, runId: present(runId, 'a run') };
    await downloadWeights(context, old, never);
    await failDownload(context, old, 'old news', { isSpoilt: true });
    expect(mirror.asked).toHaveLength(0);
    expect(await rowOf()).toMatchObject({ state: 'waiting', stateReason: null });
  });
});
