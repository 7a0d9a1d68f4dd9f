import { strToU8, Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import type { DatasetFile } from '@/components/train/take-away/dataset-files';

/** A fixed time for every entry, so that the same labels give the same archive. */
const entryTime = new Date(1980, 0, 1);

/** The files as one archive. Pictures are packed already; packing them again only costs time. */
export async function zipFiles(files: readonly DatasetFile[]): Promise<Blob> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    // fflate hands its own buffers over; a copy keeps a later chunk from being written into an earlier one.
    chunks.push(new Uint8Array(chunk));
  });
  for (const { path, content } of files) {
    const isText = typeof content === 'string';
    const entry = isText ? new ZipDeflate(path, { level: 6 }) : new ZipPassThrough(path);
    entry.mtime = entryTime;
    zip.add(entry);
    entry.push(isText ? strToU8(content) : new Uint8Array(await content.arrayBuffer()), true);
  }
  zip.end();
  return new Blob(chunks, { type: 'application/zip' });
}
