import { type SendOptions, UploadFault } from '@/components/upload/upload-transport';
import { operationUrl } from '@/lib/http/operation-url';
import { appendUploadOperation } from '@/lib/http/operations/uploads';

/**
 * Sends one piece of an upload. `fetch` cannot tell how much of a body has left, and on a slow line that is all a person wants to
 * know, so this is the older request. Answers the bytes that the server now has; throws an `UploadFault`.
 */
export function sendPiece(
  id: string,
  offset: number,
  piece: Blob,
  { signal, onProgress }: SendOptions,
): Promise<number> {
  const { method, path } = appendUploadOperation;
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    const refuse = (fault: unknown) => {
      signal.removeEventListener('abort', abort);
      reject(fault);
    };
    request.open(method, operationUrl(path, { uploadId: id }));
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.setRequestHeader('Upload-Offset', String(offset));
    request.responseType = 'text';
    request.upload.onprogress = (event) => onProgress(event.loaded);
    request.onerror = () => refuse(new UploadFault('connection', 'The connection to the server broke.'));
    request.onabort = () => refuse(signal.reason);
    request.onload = () => {
      signal.removeEventListener('abort', abort);
      const reply = pieceReply(request.status, request.responseText, {
        requestId: request.getResponseHeader('X-Request-Id'),
        retryAfter: request.getResponseHeader('Retry-After'),
      });
      if (reply instanceof UploadFault) reject(reply);
      else resolve(reply);
    };
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    signal.addEventListener('abort', abort);
    request.send(piece);
  });
}

type ReplyHeaders = { readonly requestId: string | null; readonly retryAfter: string | null };

/** What the server's answer to a piece means: the new offset, or why there is none. */
export function pieceReply(
  status: number,
  text: string,
  { requestId, retryAfter }: ReplyHeaders,
): number | UploadFault {
  const body = parsedBody(text);
  if (status >= 200 && status < 300 && typeof body?.data?.offset === 'number') return body.data.offset;
  const message = body?.error?.message;
  const words = typeof message === 'string' ? message : `The server answered with status ${status}.`;
  const seconds = retryAfter === null ? Number.NaN : Number(retryAfter);
  const facts = { requestId, retryAfterSeconds: Number.isFinite(seconds) ? seconds : null };
  return new UploadFault(faultKindOfStatus(status), words, facts);
}

/** Which failures are worth another try: those of the line, of a busy server, and of a proxy between. */
export function faultKindOfStatus(status: number): UploadFault['kind'] {
  if (status === 409) return 'offset';
  if (status === 404) return 'gone';
  if (status === 0 || status === 408 || status === 429 || status >= 500) return 'connection';
  return status >= 400 ? 'refused' : 'connection';
}

type PieceBody = { readonly data?: { readonly offset?: unknown }; readonly error?: { readonly message?: unknown } };

function parsedBody(text: string): PieceBody | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : null;
  } catch {
    return null;
  }
}
