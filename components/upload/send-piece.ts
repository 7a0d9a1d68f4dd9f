import { z } from 'zod';
import { refusalFault } from '@/components/upload/refusal-fault';
import { type SendOptions, UploadFault } from '@/components/upload/upload-transport';
import { apiRefusal } from '@/lib/client/api-refusal';
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
      const reply = pieceReply(request.status, request.responseText, (name) => request.getResponseHeader(name));
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

/** What the server's answer to a piece means: the new offset, or why there is none. */
export function pieceReply(
  status: number,
  text: string,
  header: (name: string) => string | null,
): number | UploadFault {
  const offset = status >= 200 && status < 300 ? offsetIn(text) : null;
  return offset ?? refusalFault(apiRefusal(status, text, header));
}

const acceptedPiece = z.object({ data: z.object({ offset: z.number() }) });

/** A proxy between may answer a success with a page of its own, which has none. */
function offsetIn(text: string): number | null {
  try {
    return acceptedPiece.safeParse(JSON.parse(text)).data?.data.offset ?? null;
  } catch {
    return null;
  }
}
