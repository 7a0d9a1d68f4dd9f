import { orAbort } from '@/lib/core/or-abort';

/**
 * `source` until `signal` aborts: then the signal's reason is thrown at once, even while the source is stalled and would never
 * give another byte.
 */
export async function* abortable<T>(source: AsyncIterable<T>, signal: AbortSignal | undefined): AsyncGenerator<T> {
  if (signal === undefined) {
    yield* source;
    return;
  }
  const iterator = source[Symbol.asyncIterator]();
  let finished = false;
  try {
    for (;;) {
      const { done, value } = await orAbort(iterator.next(), signal);
      finished = done === true;
      if (done) return;
      yield value;
    }
  } finally {
    // Not awaited: a stalled generator answers `return` only once its pending read is over.
    if (!finished) iterator.return?.().catch(() => undefined);
  }
}
