import { readFile, stat, truncate, utimes } from 'node:fs/promises';
import path from 'node:path';
import { buffer, text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createStorage } from '@/lib/platform/storage/create-storage';
import { MissingBytesError, type Storage } from '@/lib/platform/storage/storage';
import { type FakeS3Server, startFakeS3Server } from '@/lib/platform/storage/test-support/fake-s3-server';
import {
  brokenAfter,
  chunksOf,
  filesBelow,
  sha256Of,
  stalledAfter,
  temporaryFolder,
} from '@/lib/platform/storage/test-support/files';

const rules = { maximumBytes: 1000 };
const helloSha = sha256Of('hello world');
const helloKey = `${helloSha.slice(0, 2)}/${helloSha.slice(2, 4)}/${helloSha}`;
const absentSha = sha256Of('never stored');

let server: FakeS3Server;

beforeAll(async () => {
  server = await startFakeS3Server();
});
beforeEach(() => {
  server.objects.clear();
  server.requests.length = 0;
});
afterAll(() => server.close());

type Place = { readonly name: string; open(dataFolder: string): Storage };

const places: readonly Place[] = [
  { name: 'local disk', open: (dataFolder) => createStorage({ dataFolder }) },
  { name: 'S3', open: (dataFolder) => createStorage({ dataFolder, s3: server.settings }) },
];

describe.each(places)('storage on $name', ({ open }) => {
  it('gives back what was put, under its SHA-256', async () => {
    const storage = open(await temporaryFolder());
    expect(await storage.put(chunksOf('hello ', 'world'), rules)).toEqual({ sha256: helloSha, sizeBytes: 11 });
    expect(await text(await storage.open(helloSha))).toBe('hello world');
    expect(await storage.size(helloSha)).toBe(11);
    expect(await storage.has(helloSha)).toBe(true);
  });

  it('keeps an empty file', async () => {
    const storage = open(await temporaryFolder());
    const { sha256, sizeBytes } = await storage.put(chunksOf(), rules);
    expect(sizeBytes).toBe(0);
    expect(await text(await storage.open(sha256))).toBe('');
    expect(await storage.size(sha256)).toBe(0);
  });

  it('hands out stored bytes as if they were staged, copies nothing and takes nothing away', async () => {
    const dataFolder = await temporaryFolder();
    const storage = open(dataFolder);
    await storage.put(chunksOf('hello world'), rules);
    const staged = await storage.restage(helloSha);
    expect(await readFile(staged.path, 'utf8')).toBe('hello world');
    expect(await staged.commit()).toEqual({ sha256: helloSha, sizeBytes: 11 });
    await staged.discard();
    expect(await storage.has(helloSha)).toBe(true);
    await storage.remove(helloSha);
    await expect(staged.commit()).rejects.toBeInstanceOf(MissingBytesError);
    await expect(storage.restage(helloSha)).rejects.toBeInstanceOf(MissingBytesError);
  });

  it('opens a range whose ends both count', async () => {
    const storage = open(await temporaryFolder());
    await storage.put(chunksOf('hello world'), rules);
    expect(await text(await storage.open(helloSha, { start: 6 }))).toBe('world');
    expect(await text(await storage.open(helloSha, { start: 0, end: 0 }))).toBe('h');
    expect(await text(await storage.open(helloSha, { start: 3, end: 400 }))).toBe('lo world');
    await expect(storage.open(helloSha, { start: 11 })).rejects.toThrow(RangeError);
  });

  it.each([
    ['more bytes than allowed', () => chunksOf('x'.repeat(600), 'x'.repeat(401)), {}, { code: 'PAYLOAD_TOO_LARGE' }],
    ['fewer bytes than announced', () => chunksOf('hello'), { expectedBytes: 11 }, { code: 'VALIDATION_ERROR' }],
    [
      'another hash than announced',
      () => chunksOf('hello'),
      { expectedSha256: helloSha },
      { code: 'VALIDATION_ERROR' },
    ],
    ['a source that breaks off', () => brokenAfter('hello'), {}, { message: 'connection lost' }],
    [
      'an aborted signal',
      () => chunksOf('hello'),
      { signal: AbortSignal.abort(new Error('gone')) },
      { message: 'gone' },
    ],
  ])('refuses %s and leaves nothing behind', async (_, source, extra, expected) => {
    const dataFolder = await temporaryFolder();
    await expect(open(dataFolder).put(source(), { ...rules, ...extra })).rejects.toMatchObject(expected);
    expect(await filesBelow(dataFolder)).toEqual([]);
    expect(server.objects.size).toBe(0);
  });

  it('takes exactly as many bytes as allowed', async () => {
    const storage = open(await temporaryFolder());
    await expect(storage.put(chunksOf('x'.repeat(1000)), rules)).resolves.toMatchObject({ sizeBytes: 1000 });
  });

  it('lets go of a stalled source as soon as it is aborted', async () => {
    const dataFolder = await temporaryFolder();
    const controller = new AbortController();
    const source = stalledAfter(() => controller.abort(new Error('client left')), 'hello');
    const putting = open(dataFolder).put(source, { ...rules, signal: controller.signal });
    await expect(putting).rejects.toThrow('client left');
    expect(await filesBelow(dataFolder)).toEqual([]);
  });

  it('stages bytes for inspection, and forgets them when they are discarded', async () => {
    const dataFolder = await temporaryFolder();
    const storage = open(dataFolder);
    const staged = await storage.stage(chunksOf('hello world'), rules);
    expect(await readFile(staged.path, 'utf8')).toBe('hello world');
    expect(await storage.has(helloSha)).toBe(false);
    await staged.discard();
    expect(await filesBelow(dataFolder)).toEqual([]);
  });

  it('keeps one copy when equal bytes are put twice, also at once', async () => {
    const dataFolder = await temporaryFolder();
    const storage = open(dataFolder);
    await Promise.all(Array.from({ length: 5 }, () => storage.put(chunksOf('hello world'), rules)));
    await storage.put(chunksOf('hello world'), rules);
    expect(await filesBelow(dataFolder)).toHaveLength(1);
    expect(await text(await storage.open(helloSha))).toBe('hello world');
  });

  it('removes bytes, and does not mind removing them again', async () => {
    const dataFolder = await temporaryFolder();
    const storage = open(dataFolder);
    await storage.put(chunksOf('hello world'), rules);
    await storage.localFile(helloSha);
    await storage.remove(helloSha);
    await storage.remove(helloSha);
    expect(await storage.has(helloSha)).toBe(false);
    expect(await filesBelow(dataFolder)).toEqual([]);
  });

  it('says which bytes are missing', async () => {
    const storage = open(await temporaryFolder());
    await expect(storage.open(absentSha)).rejects.toThrow(MissingBytesError);
    await expect(storage.size(absentSha)).rejects.toThrow(MissingBytesError);
    await expect(storage.localFile(absentSha)).rejects.toThrow(MissingBytesError);
    expect(await storage.has(absentSha)).toBe(false);
  });

  it.each(['../../etc/passwd', helloSha.toUpperCase(), '', `${helloSha}/..`])(
    'takes no key but a SHA-256: %j',
    async (key) => {
      const storage = open(await temporaryFolder());
      await expect(storage.open(key)).rejects.toThrow('SHA-256');
      await expect(storage.size(key)).rejects.toThrow('SHA-256');
      await expect(storage.has(key)).rejects.toThrow('SHA-256');
      await expect(storage.remove(key)).rejects.toThrow('SHA-256');
      await expect(storage.localFile(key)).rejects.toThrow('SHA-256');
    },
  );

  it('gives a local path that holds the bytes', async () => {
    const storage = open(await temporaryFolder());
    await storage.put(chunksOf('hello world'), rules);
    expect(await readFile(await storage.localFile(helloSha), 'utf8')).toBe('hello world');
  });

  it('sweeps what a crash left, and nothing that is still being written', async () => {
    const dataFolder = await temporaryFolder();
    const storage = open(dataFolder);
    expect(await storage.sweepTemporary(new Date())).toBe(0);
    const left = await storage.stage(chunksOf('left by a crash'), rules);
    const fresh = await storage.stage(chunksOf('still wanted'), rules);
    const yesterday = new Date(Date.now() - 86_400_000);
    await utimes(left.path, yesterday, yesterday);
    expect(await storage.sweepTemporary(new Date(Date.now() - 3_600_000))).toBe(1);
    await expect(stat(left.path)).rejects.toThrow('ENOENT');
    await expect(fresh.commit()).resolves.toMatchObject({ sizeBytes: 12 });
  });
});

describe('storage on local disk only', () => {
  it('replaces a stored file that lost bytes', async () => {
    const dataFolder = await temporaryFolder();
    const storage = createStorage({ dataFolder });
    await storage.put(chunksOf('hello world'), rules);
    await truncate(path.join(dataFolder, 'storage', helloKey), 3);
    await storage.put(chunksOf('hello world'), rules);
    expect(await text(await storage.open(helloSha))).toBe('hello world');
  });

  it('lays files in two levels of folders', async () => {
    const dataFolder = await temporaryFolder();
    await createStorage({ dataFolder }).put(chunksOf('hello world'), rules);
    expect(await filesBelow(dataFolder)).toEqual([path.join('storage', helloKey)]);
  });
});

describe('storage on S3 only', () => {
  it('uploads equal bytes once', async () => {
    const storage = createStorage({ dataFolder: await temporaryFolder(), s3: server.settings });
    await storage.put(chunksOf('hello world'), rules);
    await storage.put(chunksOf('hello world'), rules);
    expect(server.requests.filter((line) => line.startsWith('PUT'))).toEqual([`PUT ${helloKey}`]);
  });

  it('uploads again when the service was busy, and gives up in the end', async () => {
    const dataFolder = await temporaryFolder();
    const storage = createStorage({ dataFolder, s3: server.settings });
    server.failUploads(2);
    await storage.put(chunksOf('hello world'), rules);
    expect(server.objects.get(helloKey)?.toString()).toBe('hello world');

    server.failUploads(3);
    await expect(storage.put(chunksOf('another'), rules)).rejects.toThrow();
    expect(await filesBelow(path.join(dataFolder, 'storage-cache', 'temporary'))).toEqual([]);
  });

  it('downloads a copy once, however many ask, and also for another process', async () => {
    const dataFolder = await temporaryFolder();
    server.objects.set(helloKey, Buffer.from('hello world'));
    const storage = createStorage({ dataFolder, s3: server.settings });
    const paths = await Promise.all(Array.from({ length: 8 }, () => storage.localFile(helloSha)));
    expect(new Set(paths).size).toBe(1);
    await createStorage({ dataFolder, s3: server.settings }).localFile(helloSha);
    expect(server.requests).toEqual([`GET ${helloKey}`]);
  });

  it('tries again after a failed download', async () => {
    const storage = createStorage({ dataFolder: await temporaryFolder(), s3: server.settings });
    await expect(storage.localFile(helloSha)).rejects.toThrow(MissingBytesError);
    server.objects.set(helloKey, Buffer.from('hello world'));
    expect(await readFile(await storage.localFile(helloSha), 'utf8')).toBe('hello world');
  });

  it('never hands out a damaged copy', async () => {
    const dataFolder = await temporaryFolder();
    server.objects.set(helloKey, Buffer.from('hello w0rld'));
    const storage = createStorage({ dataFolder, s3: server.settings });
    await expect(storage.localFile(helloSha)).rejects.toThrow('damaged');
    expect(await filesBelow(dataFolder)).toEqual([]);
  });

  it('lets the least recently used copy make room', async () => {
    const dataFolder = await temporaryFolder();
    const storage = createStorage({ dataFolder, s3: { ...server.settings, cacheBytes: 250 } });
    const [first, second, third] = await Promise.all(
      ['a', 'b', 'c'].map(async (letter) => {
        const { sha256 } = await storage.put(chunksOf(letter.repeat(100)), rules);
        await storage.remove(sha256);
        server.objects.set(`${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`, Buffer.from(letter.repeat(100)));
        return sha256;
      }),
    );
    const firstPath = await storage.localFile(first);
    const secondPath = await storage.localFile(second);
    const hourAgo = new Date(Date.now() - 3_600_000);
    await utimes(firstPath, hourAgo, hourAgo);
    await utimes(secondPath, hourAgo, hourAgo);
    await storage.localFile(first);
    const thirdPath = await storage.localFile(third);
    await expect(stat(secondPath)).rejects.toThrow('ENOENT');
    expect((await buffer(await storage.open(second))).byteLength).toBe(100);
    expect((await readFile(firstPath)).byteLength + (await readFile(thirdPath)).byteLength).toBe(200);
  });

  it('keeps the newest copy even when it alone is above the limit', async () => {
    const storage = createStorage({ dataFolder: await temporaryFolder(), s3: { ...server.settings, cacheBytes: 1 } });
    await storage.put(chunksOf('hello world'), rules);
    expect(await readFile(await storage.localFile(helloSha), 'utf8')).toBe('hello world');
  });

  it('tells a refusal by the service from a missing file', async () => {
    const credentials = { accessKeyId: 'someone-else', secretAccessKey: 'x' };
    const storage = createStorage({ dataFolder: await temporaryFolder(), s3: { ...server.settings, credentials } });
    await expect(storage.has(helloSha)).rejects.not.toThrow(MissingBytesError);
    await expect(storage.size(helloSha)).rejects.not.toThrow(MissingBytesError);
    await expect(storage.open(helloSha)).rejects.not.toThrow(MissingBytesError);
  });
});
