import type { Readable } from 'node:stream';

/** A file of a multipart request while it arrives. The stream must be read to its end or destroyed. */
export type IncomingFile = {
  readonly stream: Readable;
  readonly fieldName: string;
  readonly fileName: string;
  readonly mimeType: string;
};
