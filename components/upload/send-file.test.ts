import { describe, expect, it } from 'vitest';
import { sendFile } from '@/components/upload/send-file';
import { createFakeServer } from '@/components/upload/test-support/fake-upload-server';
import { UploadFault } from '@/components/upload/upload-transport';

const bytes = Uint8Array.from({ length: 1000 }, (_, index) => index % 251);
const file = new File([bytes], 'best.onnx');

function send(server: ReturnType<typeof createFakeServer>, resumeId: string | null = null) {
  const progress: number[] = [];
  const stalls: (string | null)[] = [];
  const waits: number[] = [];
  const started: string[] = [];
  const abort = new AbortController();
  const done = sendFile(file, {
    transport: server.transport,
    resumeId,
    signal: abort.signal,
    onStarted: ({ id }) => started.push(id),
    onProgress: (sent) => progress.push(sent),
    onStall: (fault) => stalls.push(fault?.kind ?? null),
    wait: async (milliseconds, signal) => {
      waits.push(milliseconds);
      signal.throwIfAborted();
    },
  });
  return { done, progress, stalls, waits, started, abort };
}

describe('sending a file', () => {
  it('sends every byte once, in pieces of the size the server asked for', async () => {
    const server = createFakeServer({ chunkBytes: 300 });
    const { done, progress } = send(server);
    expect(server.contentOf(await done)).toEqual(bytes);
    expect(server.pieces).toEqual([300, 300, 300, 100]);
    expect(progress.at(-1)).toBe(1000);
  });

  it('goes on from the byte the server has after the connection broke in the middle of a piece', async () => {
    const server = createFakeServer({ chunkBytes: 400 });
    server.breakAfter(1, 150);
    const { done, stalls, waits } = send(server);
    expect(server.contentOf(await done)).toEqual(bytes);
    expect(stalls).toContain('connection');
    expect(stalls.at(-1)).toBeNull();
    expect(waits).toEqual([500]);
  });

  it('asks for the offset and goes on when a piece arrived but its answer was lost', async () => {
    const server = createFakeServer({ chunkBytes: 400 });
    server.loseAnswer(1);
    const { done } = send(server);
    expect(server.contentOf(await done)).toEqual(bytes);
    expect(server.pieces).toEqual([400, 400, 200]);
  });

  it('resumes the upload of an earlier visit', async () => {
    const server = createFakeServer({ chunkBytes: 400 });
    const id = server.begin(file.size, bytes.slice(0, 700));
    const { done, started, progress } = send(server, id);
    expect(await done).toBe(id);
    expect(server.contentOf(id)).toEqual(bytes);
    expect(started).toEqual([id]);
    expect(progress[0]).toBe(700);
  });

  it('begins anew when the server no longer has the upload', async () => {
    const server = createFakeServer({ chunkBytes: 400 });
    const { done } = send(server, 'upload_forgotten');
    expect(server.contentOf(await done)).toEqual(bytes);
  });

  it('begins anew once when the upload vanishes on the way', async () => {
    const server = createFakeServer({ chunkBytes: 400 });
    server.forgetBefore(1);
    const { done, started } = send(server);
    expect(server.contentOf(await done)).toEqual(bytes);
    expect(new Set(started).size).toBe(2);
  });

  it('stops at once at a refusal and tells it', async () => {
    const server = createFakeServer({ chunkBytes: 400 });
    server.refuse(new UploadFault('refused', 'The storage of this plan is full.', { requestId: 'req_1' }));
    const { done, waits } = send(server);
    await expect(done).rejects.toMatchObject({ message: 'The storage of this plan is full.', requestId: 'req_1' });
    expect(waits).toEqual([]);
  });

  it('gives up when nothing goes through for long, waiting longer each time', async () => {
    const server = createFakeServer({ chunkBytes: 400 });
    server.disconnect();
    const { done, waits } = send(server);
    await expect(done).rejects.toMatchObject({ kind: 'connection' });
    expect(waits).toHaveLength(19);
    expect(waits.slice(0, 3)).toEqual([500, 1000, 2000]);
    expect(Math.max(...waits)).toBe(30_000);
  });

  it('waits as long as the server asks', async () => {
    const server = createFakeServer({ chunkBytes: 1000 });
    server.refuse(new UploadFault('connection', 'Busy', { retryAfterSeconds: 7 }), 1);
    const { done, waits } = send(server);
    await done;
    expect(waits).toEqual([7000]);
  });

  it('sends nothing more once it is cancelled', async () => {
    const server = createFakeServer({ chunkBytes: 100 });
    const sending = send(server);
    server.onPiece = (count) => count === 3 && sending.abort.abort(new Error('cancelled'));
    await expect(sending.done).rejects.toThrow('cancelled');
    expect(server.pieces.length).toBe(3);
  });
});
