/** A reply as it came, refusals included. */
export type SentReply = {
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly (readonly [string, string])[];
  /** From sending to the last byte. */
  readonly milliseconds: number;
  readonly sizeBytes: number;
  readonly body: { readonly kind: 'text'; readonly text: string } | { readonly kind: 'file'; readonly blob: Blob };
};

/** Content that people read; the rest is kept as a file. */
const textual = /^(text\/|application\/(json|problem\+json|yaml|xml|javascript)|$)/i;

/** Sends a request and waits for all of its reply. Throws what `fetch` throws when none comes. */
export async function performRequest(
  url: string,
  init: RequestInit,
  fetch: typeof globalThis.fetch = globalThis.fetch,
): Promise<SentReply> {
  const startedAt = performance.now();
  const response = await fetch(url, init);
  const blob = await response.blob();
  const milliseconds = performance.now() - startedAt;
  const isText = textual.test(response.headers.get('content-type') ?? '');
  return {
    status: response.status,
    statusText: response.statusText,
    headers: [...response.headers],
    milliseconds,
    sizeBytes: blob.size,
    body: isText ? { kind: 'text', text: await blob.text() } : { kind: 'file', blob },
  };
}
