import { UploadFault, type UploadTransport } from '@/components/upload/upload-transport';

/** A server that keeps uploads in memory and can be told to fail as real ones do. Counts of pieces are from 0. */
export function createFakeServer({ chunkBytes }: { readonly chunkBytes: number }) {
  const uploads = new Map<string, { sizeBytes: number; content: Uint8Array }>();
  const pieces: number[] = [];
  let count = 0;
  let begun = 0;
  let broken: { readonly piece: number; readonly keptBytes: number } | null = null;
  let lostAnswer: number | null = null;
  let forgotten: number | null = null;
  let refusal: { readonly fault: UploadFault; times: number } | null = null;
  let isConnected = true;

  function begin(sizeBytes: number, content = new Uint8Array()): string {
    const id = `upload_${++begun}`;
    uploads.set(id, { sizeBytes, content });
    return id;
  }

  function existing(id: string) {
    if (!isConnected) throw new TypeError('Failed to fetch');
    const upload = uploads.get(id);
    if (!upload) throw new UploadFault('gone', 'Upload not found.');
    return upload;
  }

  function append(id: string, added: Uint8Array): number {
    const upload = existing(id);
    const content = new Uint8Array(upload.content.length + added.length);
    content.set(upload.content);
    content.set(added, upload.content.length);
    upload.content = content;
    pieces.push(added.length);
    return content.length;
  }

  const transport: UploadTransport = {
    async start({ sizeBytes }) {
      if (!isConnected) throw new TypeError('Failed to fetch');
      return { id: begin(sizeBytes), offset: 0, chunkBytes };
    },
    async find(id) {
      return { id, offset: existing(id).content.length, chunkBytes };
    },
    async send(id, offset, chunk, { signal, onProgress }) {
      signal.throwIfAborted();
      const piece = count++;
      if (refusal && refusal.times > 0) {
        refusal.times--;
        throw refusal.fault;
      }
      if (piece === forgotten) uploads.clear();
      if (existing(id).content.length !== offset) throw new UploadFault('offset', 'Expected another offset.');
      const added = new Uint8Array(await chunk.arrayBuffer());
      if (broken?.piece === piece) {
        append(id, added.slice(0, broken.keptBytes));
        throw new TypeError('Failed to fetch');
      }
      const kept = append(id, added);
      server.onPiece(pieces.length);
      if (piece === lostAnswer) throw new TypeError('Failed to fetch');
      onProgress(added.length);
      return kept;
    },
    async cancel(id) {
      uploads.delete(id);
    },
  };

  const server = {
    transport,
    pieces,
    begin,
    contentOf: (id: string) => uploads.get(id)?.content,
    has: (id: string) => uploads.has(id),
    onPiece: (_count: number): unknown => undefined,
    breakAfter: (piece: number, keptBytes: number) => {
      broken = { piece, keptBytes };
    },
    loseAnswer: (piece: number) => {
      lostAnswer = piece;
    },
    forgetBefore: (piece: number) => {
      forgotten = piece;
    },
    refuse: (fault: UploadFault, times = Number.POSITIVE_INFINITY) => {
      refusal = { fault, times };
    },
    disconnect: () => {
      isConnected = false;
    },
    reconnect: () => {
      isConnected = true;
    },
  };
  return server;
}
