import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { serverSecret } from '@/lib/platform/secrets/server-secret';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sightline-secret-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('serverSecret', () => {
  it('makes one secret for all who ask at once, and keeps it', async () => {
    const secrets = await Promise.all(Array.from({ length: 8 }, () => serverSecret(folder, undefined)));
    expect(new Set(secrets).size).toBe(1);
    expect(secrets[0]).toMatch(/^[0-9a-f]{64}$/);
    expect(await serverSecret(folder, undefined)).toBe(secrets[0]);
  });

  it('lets only its owner read the file', async () => {
    await serverSecret(folder, undefined);
    expect((await stat(path.join(folder, 'secret'))).mode & 0o077).toBe(0);
  });

  it('prefers the given one and writes nothing', async () => {
    expect(await serverSecret(folder, 'x'.repeat(40))).toBe('x'.repeat(40));
    await expect(stat(path.join(folder, 'secret'))).rejects.toThrow(/ENOENT/);
  });

  it('refuses a file that was cut off', async () => {
    await writeFile(path.join(folder, 'secret'), 'abc');
    await expect(serverSecret(folder, undefined)).rejects.toThrow(/shorter than/);
  });
});
