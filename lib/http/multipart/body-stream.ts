import { DomainError } from '@/lib/core/errors';

/** The bytes of a body. `return` ends it early; whoever loops with `for await` gets that by leaving the loop. */
export type BodyStream = AsyncIterableIterator<Uint8Array> & {
  return(): Promise<IteratorReturnResult<undefined>>;
};

/**
 * A client that is refused while it still sends must be listened to a little longer: many read the answer only after they
 * have sent everything, and a connection that is cut before shows them no answer at all. Beyond these limits it is cut.
 */
const drainBytes = 64 * 1024 ** 2;
const drainMilliseconds = 10_000;

/** A client that sends nothing for so long waits for the answer, or has stopped in the middle. */
const stallMilliseconds = 2_000;

const end: IteratorReturnResult<undefined> = { done: true, value: undefined };

/**
 * The body of a request as it arrives; to be read once. Throws a `DomainError`: PAYLOAD_TOO_LARGE as soon as the announced or
 * received length passes `maximumBytes`, VALIDATION_ERROR when fewer bytes arrive than Content-Length announced or the client
 * breaks off, UNSUPPORTED_MEDIA_TYPE for a compressed body.
 */
export function bodyStream(request: Request, maximumBytes: number): BodyStream {
  const announced = announcedBytes(request.headers);
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  let received = 0;
  let ended = false;
  let draining = Promise.resolve();

  /** Taken when it is needed: whoever refuses a request unread can still get at its body. */
  function takeReader(): typeof reader {
    reader ??= request.body?.getReader();
    return reader;
  }

  async function next(): Promise<IteratorResult<Uint8Array, undefined>> {
    if (ended) return end;
    checkBefore(request.headers, announced, maximumBytes);
    const source = takeReader();
    const { done, value } = source === undefined ? end : await readChunk(source);
    received += value?.byteLength ?? 0;
    if (received > maximumBytes) throw tooLarge(maximumBytes);
    if (!done) return { done: false, value };
    ended = true;
    if (announced !== null && received !== announced) throw cutOff(received, announced);
    return end;
  }

  async function stop(): Promise<IteratorReturnResult<undefined>> {
    const source = ended ? undefined : takeReader();
    if (source !== undefined) draining = drain(source);
    ended = true;
    // Node cuts such a connection as soon as it has answered; any other one it keeps while we read on behind the answer.
    if (request.headers.get('connection')?.toLowerCase() === 'close') await draining;
    return end;
  }

  const stream: BodyStream = {
    [Symbol.asyncIterator]: () => stream,
    return: stop,
    async next() {
      try {
        return await next();
      } catch (error) {
        // A loop does not call `return` on an iterator that threw.
        await stop();
        throw error;
      }
    },
  };
  return stream;
}

function checkBefore(headers: Headers, announced: number | null, maximumBytes: number): void {
  const encoding = headers.get('content-encoding') ?? 'identity';
  if (encoding.toLowerCase() !== 'identity') {
    throw new DomainError(
      'UNSUPPORTED_MEDIA_TYPE',
      `The body has the Content-Encoding ${encoding.slice(0, 40)}. Send it without.`,
    );
  }
  if (announced !== null && announced > maximumBytes) throw tooLarge(maximumBytes, announced);
}

async function readChunk(
  reader: ReadableStreamDefaultReader<Uint8Array>,
): Promise<ReadableStreamReadResult<Uint8Array>> {
  try {
    return await reader.read();
  } catch (cause) {
    throw new DomainError('VALIDATION_ERROR', 'The connection broke off before the body was complete.', { cause });
  }
}

function announcedBytes(headers: Headers): number | null {
  const length = headers.get('content-length') ?? '';
  return /^\d+$/.test(length) ? Number(length) : null;
}

/** Reads on without looking, up to the limits, then lets the connection go. Never throws: nobody waits for it. */
async function drain(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  const clock = drainClock();
  try {
    await Promise.race([readOn(reader, clock.tick), clock.over]);
  } catch {
    // The client has left by itself.
  } finally {
    clock.stop();
    // Never waited for: of a client that has stopped in the middle it does not return, and the answer must go out.
    reader.cancel().catch(() => undefined);
  }
}

async function readOn(reader: ReadableStreamDefaultReader<Uint8Array>, tick: () => void): Promise<void> {
  for (let bytes = 0; bytes < drainBytes; ) {
    const { done, value } = await reader.read();
    if (done) return;
    tick();
    bytes += value.byteLength;
  }
}

/** `over` comes when the whole time is up, or when no `tick` came for a while. */
function drainClock(): { readonly over: Promise<void>; tick(): void; stop(): void } {
  const timers: NodeJS.Timeout[] = [];
  const over = new Promise<void>((resolve) => {
    for (const milliseconds of [drainMilliseconds, stallMilliseconds]) {
      timers.push(setTimeout(resolve, milliseconds).unref());
    }
  });
  return {
    over,
    tick: () => void timers[1].refresh(),
    stop: () => timers.forEach(clearTimeout),
  };
}

function tooLarge(maximumBytes: number, announced?: number): DomainError {
  const found = announced === undefined ? `more than ${maximumBytes}` : String(announced);
  return new DomainError('PAYLOAD_TOO_LARGE', `The body has ${found} bytes; at most ${maximumBytes} are taken here.`);
}

function cutOff(received: number, announced: number): DomainError {
  return new DomainError(
    'VALIDATION_ERROR',
    `The body was cut off: Content-Length announced ${announced} bytes, and ${received} arrived. Send it again.`,
  );
}
