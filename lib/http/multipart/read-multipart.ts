import { once } from 'node:events';
import busboy from 'busboy';
import { DomainError, invalidInput } from '@/lib/core/errors';
import { orAbort } from '@/lib/core/or-abort';
import type { IncomingFile } from '@/lib/http/incoming-file';
import { type BodyStream, bodyStream } from '@/lib/http/multipart/body-stream';
import { detachedStream } from '@/lib/http/multipart/detached-stream';

export type MultipartRules<T> = {
  /** Names of the fields that may hold a file. */
  readonly fileFields: readonly string[];
  readonly maximumFileBytes: number;
  /** Default 1. */
  readonly maximumFiles?: number;
  /**
   * Takes a file while it streams in, perhaps before the fields behind it are known. The stream may be left unread or
   * destroyed early: the rest is then skipped.
   */
  receive(incoming: IncomingFile): Promise<T>;
  /** Undoes `receive` when the request fails afterwards. */
  discard?(value: T): Promise<void>;
};

export type Multipart<T> = {
  readonly fields: Readonly<Record<string, string>>;
  /** What `receive` made of each file, in the order of the form. */
  readonly files: readonly T[];
  /** The first of them, for forms that hold one. */
  readonly file: T | null;
};

const maximumFields = 64;
const maximumFieldBytes = 64 * 1024;
const maximumNameLength = 200;
/** Boundaries and part headers of an honest form stay far below. */
const envelopeBytes = 1024 * 1024;

/**
 * Reads a multipart/form-data body as a stream: files go to `receive` while they arrive, fields may stand before or behind
 * them. At any time no more is held than the fields and one chunk.
 *
 * Throws a `DomainError`: UNSUPPORTED_MEDIA_TYPE for another content type, PAYLOAD_TOO_LARGE, VALIDATION_ERROR for a form that
 * is malformed, cut off, has too many parts, a field twice or a file where none belongs; and what `receive` throws. By then
 * every `receive` has ended, and what they made was discarded.
 */
export async function readMultipart<T>(request: Request, rules: MultipartRules<T>): Promise<Multipart<T>> {
  const body = bodyStream(request, mostBytes(rules));
  const parser = await openParser(request.headers, body, rules);
  const failure = new AbortController();
  const fields = new Map<string, string>();
  const receiving: Promise<T>[] = [];
  const fail = (error: unknown): void => failure.abort(error);

  failure.signal.addEventListener('abort', () => parser.destroy(failure.signal.reason));
  watchParser(parser, rules, fail);
  parser.on('field', (name, value, info) => {
    const issue = fieldFault(name, info.valueTruncated, fields);
    if (issue !== null) fail(issue);
    else fields.set(name, value);
  });
  parser.on('file', (name, stream, { filename, mimeType }) => {
    stream.on('limit', () => fail(fileTooLarge(name, rules.maximumFileBytes)));
    const detached = detachedStream(stream);
    const issue = fileFault(name, rules.fileFields);
    if (issue !== null) return fail(issue);
    const incoming = { stream: detached, fieldName: name, fileName: cleanName(filename), mimeType };
    const received = Promise.resolve(incoming)
      .then(rules.receive)
      .finally(() => detached.destroy());
    received.catch(fail);
    receiving.push(received);
  });

  try {
    await orAbort(pump(body, parser), failure.signal);
    const files = await orAbort(Promise.all(receiving), failure.signal);
    return { fields: Object.fromEntries(fields), files, file: files[0] ?? null };
  } catch (error) {
    fail(error);
    await body.return();
    await discardReceived(receiving, rules);
    throw failure.signal.reason;
  }
}

async function openParser<T>(headers: Headers, body: BodyStream, rules: MultipartRules<T>): Promise<busboy.Busboy> {
  try {
    return createParser(headers, rules);
  } catch (error) {
    await body.return();
    throw error;
  }
}

function createParser<T>(headers: Headers, { maximumFiles = 1, maximumFileBytes }: MultipartRules<T>): busboy.Busboy {
  const contentType = headers.get('content-type') ?? '';
  if (contentType.split(';', 1)[0].trim().toLowerCase() !== 'multipart/form-data') {
    throw new DomainError(
      'UNSUPPORTED_MEDIA_TYPE',
      `Expected Content-Type: multipart/form-data, found ${contentType.slice(0, 80) || 'none'}.`,
    );
  }
  try {
    return busboy({
      headers: { 'content-type': contentType },
      // Browsers and Python write names in UTF-8; the parser's own default is Latin-1.
      defParamCharset: 'utf8',
      limits: {
        fields: maximumFields,
        files: maximumFiles,
        parts: maximumFields + maximumFiles + 1,
        // The parser calls a value that just fills the limit cut off.
        fieldSize: maximumFieldBytes + 1,
        fileSize: maximumFileBytes + 1,
      },
    });
  } catch (cause) {
    throw malformed('the Content-Type names no boundary', cause);
  }
}

function watchParser<T>(parser: busboy.Busboy, { maximumFiles = 1 }: MultipartRules<T>, fail: (e: unknown) => void) {
  parser.on('error', (error) => fail(malformed(error instanceof Error ? error.message : String(error), error)));
  parser.on('fieldsLimit', () => fail(tooMany(`${maximumFields} fields`)));
  parser.on('partsLimit', () => fail(tooMany(`${maximumFields + maximumFiles} parts`)));
  parser.on('filesLimit', () => fail(tooMany(maximumFiles === 1 ? 'one file' : `${maximumFiles} files`)));
}

/** Feeds the parser as fast as the receivers read, until both have ended. */
async function pump(body: BodyStream, parser: busboy.Busboy): Promise<void> {
  for await (const chunk of body) {
    if (parser.destroyed) return;
    if (!parser.write(chunk)) await once(parser, 'drain');
  }
  const closed = once(parser, 'close');
  parser.end();
  await closed;
}

async function discardReceived<T>(receiving: readonly Promise<T>[], { discard }: MultipartRules<T>): Promise<void> {
  const outcomes = await Promise.allSettled(receiving);
  const received = outcomes.filter((outcome) => outcome.status === 'fulfilled');
  await Promise.allSettled(received.map(({ value }) => discard?.(value)));
}

function mostBytes<T>({ maximumFiles = 1, maximumFileBytes }: MultipartRules<T>): number {
  return maximumFiles * maximumFileBytes + maximumFields * maximumFieldBytes + envelopeBytes;
}

function fieldFault(
  name: string | undefined,
  isCutOff: boolean,
  fields: ReadonlyMap<string, string>,
): DomainError | null {
  const nameIssue = nameFault(name);
  if (nameIssue !== null || name === undefined) return nameIssue;
  if (isCutOff) {
    const message = `The field ${name} has more than ${maximumFieldBytes} bytes. Send large content as a file.`;
    return new DomainError('PAYLOAD_TOO_LARGE', message);
  }
  return fields.has(name) ? invalidInput([{ path: name, message: 'is there twice; expected it once' }]) : null;
}

function fileFault(name: string | undefined, allowed: readonly string[]): DomainError | null {
  const nameIssue = nameFault(name);
  if (nameIssue !== null || name === undefined || allowed.includes(name)) return nameIssue;
  const expected = allowed.length === 0 ? 'no file' : `a file in the field ${allowed.join(' or ')}`;
  return invalidInput([{ path: name, message: 'holds a file where none belongs', expected }]);
}

/** The parser's types promise a name, but a part may come without one. */
function nameFault(name: string | undefined): DomainError | null {
  if (name === undefined || name === '') return malformed('a part has no name');
  return name.length > maximumNameLength ? malformed(`a field's name is longer than ${maximumNameLength}`) : null;
}

function cleanName(fileName: string | undefined): string {
  return (fileName ?? '').replace(/\p{Cc}/gu, '').slice(0, 255);
}

function fileTooLarge(field: string, maximumBytes: number): DomainError {
  return new DomainError(
    'PAYLOAD_TOO_LARGE',
    `The file in the field ${field} has more than the ${maximumBytes} bytes allowed here.`,
  );
}

function tooMany(allowed: string): DomainError {
  return new DomainError('VALIDATION_ERROR', `The form has more than ${allowed}.`);
}

function malformed(reason: string, cause?: unknown): DomainError {
  return new DomainError('VALIDATION_ERROR', `The body is not a whole multipart form: ${reason}.`, { cause });
}
