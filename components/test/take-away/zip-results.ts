import { strToU8, Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import type { TestSession } from '@/components/test/session/create-test-session';
import { type AnnotationChoice, annotatedImage } from '@/components/test/take-away/annotated-image';
import type { DialectName } from '@/lib/engines/vision/dialects/dialect';
import { bundleFiles } from '@/lib/engines/vision/exports/bundle-files';
import { fileStems } from '@/lib/engines/vision/exports/file-stems';
import type { ResultItem } from '@/lib/engines/vision/exports/result-item';

export type ZipOptions = {
  readonly modelFileName: string;
  readonly dialects: readonly DialectName[];
  readonly withImages: boolean;
  readonly choice: AnnotationChoice;
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
};

/** A fixed time for every entry, so that the same results give the same archive. */
const entryTime = new Date(1980, 0, 1);

/** Every image's files in one archive. It is written while the images are visited, so that memory holds only the packed bytes. */
export async function zipResults(session: TestSession, options: ZipOptions): Promise<Blob> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    // fflate hands its own buffers over; a copy keeps a later chunk from being written into an earlier one.
    chunks.push(new Uint8Array(chunk));
  });
  const { images, thresholds } = session.store.getState();
  const items: ResultItem[] = [];

  await session.visitResults(
    async ({ imageName, index, result, bitmap }) => {
      items.push({ imageName, result });
      options.onProgress(index + 1, images.length);
      if (!bitmap) return;
      const png = new Uint8Array(await (await annotatedImage(bitmap, result, options.choice)).arrayBuffer());
      // A PNG is packed already; packing it again only costs time.
      // A stem depends on the names before it only, so this is the one that the other files of the image get.
      const stem = fileStems(items.map((item) => item.imageName)).at(-1);
      const entry = new ZipPassThrough(`annotated/${stem}.png`);
      entry.mtime = entryTime;
      zip.add(entry);
      entry.push(png, true);
    },
    { withBitmaps: options.withImages, signal: options.signal },
  );
  for (const file of bundleFiles(items, { ...options, thresholds })) {
    const entry = new ZipDeflate(file.path, { level: 6 });
    entry.mtime = entryTime;
    zip.add(entry);
    entry.push(strToU8(file.text), true);
  }
  zip.end();
  return new Blob(chunks, { type: 'application/zip' });
}
