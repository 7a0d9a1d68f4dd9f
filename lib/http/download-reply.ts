import { StreamReply } from '@/lib/http/reply';

type Download = {
  /** In plain ASCII: ours, never a caller's. */
  readonly fileName: string;
  readonly contentType: string;
};

/** Text that is sent as a file while it is being made; a slow reader slows the making down. */
export function downloadReply(pieces: AsyncIterable<string>, { fileName, contentType }: Download): StreamReply {
  const encoder = new TextEncoder();
  const iterator = pieces[Symbol.asyncIterator]();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await iterator.return?.();
    },
  });
  return new StreamReply(body, {
    'Content-Type': contentType,
    'Content-Disposition': `attachment; filename="${fileName}"`,
    'Cache-Control': 'no-store',
  });
}
