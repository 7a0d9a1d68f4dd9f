import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { HostEnded, startHost } from '@/lib/platform/inference/host-process';

const folder = mkdtempSync(join(tmpdir(), 'sightline-host-'));
const file = join(folder, 'given.txt');
writeFileSync(file, 'given');
const secret = join(folder, 'secret.txt');
writeFileSync(secret, 'secret');

afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a program as a host and gives what it sends back for one task. */
async function answerOf(program: string, memoryBytes = 256 * 2 ** 20): Promise<unknown> {
  const answering = `
    process.on('message', async ({ id }) => {
      const attempt = async (work) => { try { return await work(); } catch (error) { return error.code ?? error.message; } };
      const answer = await (async () => { ${program} })();
      process.send({ id, kind: 'done', answer });
    });`;
  const host = startHost({ program: answering, projectFolder: process.cwd(), readableFile: file, memoryBytes });
  try {
    return await host.run({ kind: 'inspect', file });
  } finally {
    host.end('retired');
    await host.ended;
  }
}

describe('startHost', () => {
  it('gives the child the one file it is for, and no other', async () => {
    const answer = await answerOf(`
      const { readFileSync } = await import('node:fs');
      return [
        await attempt(() => readFileSync(${JSON.stringify(file)}, 'utf8')),
        await attempt(() => readFileSync(${JSON.stringify(secret)}, 'utf8')),
      ];`);
    expect(answer).toEqual(['given', 'ERR_ACCESS_DENIED']);
  });

  it('lets the child neither write nor start programs', async () => {
    const answer = await answerOf(`
      const { writeFileSync } = await import('node:fs');
      const { execFileSync } = await import('node:child_process');
      return [
        await attempt(() => writeFileSync(${JSON.stringify(file)}, 'changed')),
        await attempt(() => execFileSync('/bin/sh', ['-c', 'true'])),
      ];`);
    expect(answer).toEqual(['ERR_ACCESS_DENIED', 'ERR_ACCESS_DENIED']);
  });

  it('hands on nothing of the environment', async () => {
    process.env.SIGHTLINE_SECRET = 'a secret that no model may see, 32+';
    const answer = await answerOf(
      'return Object.keys(process.env).filter((name) => !/^(PWD|SHLVL|_|OLDPWD)$/.test(name)).sort();',
    );
    delete process.env.SIGHTLINE_SECRET;
    expect(answer).toEqual(['MALLOC_ARENA_MAX', 'NODE_ENV']);
  });

  it.runIf(process.platform === 'linux')('cannot be made to allocate far beyond its limit', async () => {
    const answer = await answerOf('return attempt(() => Buffer.alloc(2 ** 30, 1).length);');
    expect(answer).toMatch(/allocation failed/);
  });

  it('can load the decoder and the runtime all the same', async () => {
    const answer = await answerOf(`
      const { default: sharp } = await import('sharp');
      const { InferenceSession } = await import('onnxruntime-node');
      const png = await sharp({ create: { width: 5, height: 4, channels: 3, background: 'red' } }).png().toBuffer();
      const { width } = await sharp(png).metadata();
      return [width, typeof InferenceSession.create];`);
    expect(answer).toEqual([5, 'function']);
  });

  it('tells what a child said before it died', async () => {
    const dying = answerOf(
      `console.error('the end is near'); process.kill(process.pid, 'SIGSEGV'); return new Promise(() => {});`,
    );
    await expect(dying).rejects.toThrow(/the end is near/);
    await expect(dying).rejects.toMatchObject({ reason: 'crash' });
  });

  it('refuses tasks after the end', async () => {
    const host = startHost({ program: '', projectFolder: process.cwd(), readableFile: file, memoryBytes: 2 ** 28 });
    host.end('retired');
    await host.ended;
    await expect(host.run({ kind: 'inspect', file })).rejects.toBeInstanceOf(HostEnded);
  });
});
