import { setTimeout as wait } from 'node:timers/promises';
import { present } from '@/lib/core/assert';
import { DomainError } from '@/lib/core/errors';
import { Fault } from '@/lib/core/fault';
import { newId } from '@/lib/core/ids';
import { endedEarly, fileTooLarge, moreThanAnnounced } from '@/lib/domain/catalogue/download-faults';
import { type CatalogueFileRow, type Run, updateRun } from '@/lib/domain/catalogue/repository';
import type { Services } from '@/lib/domain/context';
import type { Download } from '@/lib/platform/network/guarded-download';

/** The download was cancelled, or another one took its place: whatever it holds is nobody's any more. */
export class DownloadReplaced extends Error {}

/** Tries in a row that brought not a single byte before the publisher counts as away, and the wait before the second one. */
const barrenTries = 4;
const firstWaitMilliseconds = 200;

/** How often progress is written, and a cancellation noticed. */
const progressMilliseconds = 400;

/**
 * Fetches what is missing of a file until its partial file is whole, going on after every broken connection. Returns the row as
 * it is then. Throws `DownloadReplaced`, `DownloadFailed`, the publisher's `Fault` once several tries in a row brought nothing,
 * and the signal's reason.
 */
export async function fetchPartial(
  services: Services,
  run: Run,
  row: CatalogueFileRow,
  signal: AbortSignal,
): Promise<CatalogueFileRow> {
  let known = row;
  let furthest = 0;
  let barren = 0;
  for (;;) {
    const before = await partialLength(services, known);
    if (known.entityTag !== null && before === known.totalBytes) return known;
    furthest = Math.max(furthest, before);
    const fault = await fetchPiece(services, run, known, { offset: before, signal });
    known = await keepRunning(services, run, {});
    if (fault === null) return known;
    barren = (await partialLength(services, known)) > furthest ? 0 : barren + 1;
    if (barren >= barrenTries) throw fault;
    if (barren > 0) await wait(firstWaitMilliseconds * 2 ** (barren - 1), undefined, { signal });
  }
}

/** Takes what one connection brings. Null when the file is whole; the fault of a broken connection, which another may mend. */
async function fetchPiece(
  services: Services,
  run: Run,
  known: CatalogueFileRow,
  { offset, signal }: { readonly offset: number; readonly signal: AbortSignal },
): Promise<Fault | null> {
  const request = { address: run.address, offset, entityTag: known.entityTag, signal };
  try {
    return await services.weightsSource.download(request, (download) =>
      takePiece(services, run, known, download, signal),
    );
  } catch (error) {
    if (error instanceof Fault && error.code === 'url-unreachable') return error;
    throw error;
  }
}

/** Appends what one connection sends to the partial file. Null when that ends it. */
async function takePiece(
  services: Services,
  run: Run,
  known: CatalogueFileRow,
  download: Download,
  signal: AbortSignal,
): Promise<Fault | null> {
  const { resumable, weightsSource } = services;
  const { totalBytes, offset } = download;
  if (totalBytes !== null && totalBytes > weightsSource.maximumBytes) throw fileTooLarge(weightsSource.maximumBytes);
  const row = offset === 0 ? await beginAnew(services, run, known, download) : known;
  const maximumBytes = totalBytes ?? weightsSource.maximumBytes;
  try {
    const pieces = withProgress(services, run, download);
    const length = await resumable.append(partialIdOf(row), offset, pieces, { maximumBytes, signal });
    return totalBytes === null || length === totalBytes ? null : endedEarly(length, totalBytes);
  } catch (error) {
    // A cancellation takes the partial file away, which ends whoever writes to it.
    await keepRunning(services, run, {});
    if (!(error instanceof DomainError) || error.code !== 'PAYLOAD_TOO_LARGE') throw error;
    throw totalBytes === null ? fileTooLarge(maximumBytes) : moreThanAnnounced(totalBytes);
  }
}

/**
 * Forgets the first bytes of another file, and says which file the next ones are of. They get a partial file of their own: what
 * another machine still has of the old one must never be taken for theirs.
 */
async function beginAnew(
  services: Services,
  run: Run,
  known: CatalogueFileRow,
  { entityTag, totalBytes }: Download,
): Promise<CatalogueFileRow> {
  await services.resumable.remove(partialIdOf(known));
  const partialId = newId('download');
  return keepRunning(services, run, { partialId, entityTag, totalBytes, receivedBytes: 0 });
}

function partialLength({ resumable }: Services, row: CatalogueFileRow): Promise<number> {
  return resumable.length(partialIdOf(row));
}

function partialIdOf({ partialId }: CatalogueFileRow): string {
  return present(partialId, 'the partial file of a running download');
}

/** The bytes as they come, while the row says how many there are. */
async function* withProgress(services: Services, run: Run, { offset, body }: Download): AsyncGenerator<Uint8Array> {
  let receivedBytes = offset;
  let toldAt = performance.now();
  for await (const piece of body) {
    yield piece;
    receivedBytes += piece.byteLength;
    if (performance.now() - toldAt < progressMilliseconds) continue;
    await keepRunning(services, run, { receivedBytes });
    toldAt = performance.now();
  }
  await keepRunning(services, run, { receivedBytes });
}

/** Writes progress. Throws `DownloadReplaced` when nobody wants it any more. */
export async function keepRunning(
  { db, now }: Services,
  run: Run,
  changes: Partial<CatalogueFileRow>,
): Promise<CatalogueFileRow> {
  const row = await updateRun(db, run, { ...changes, state: 'downloading', updatedAt: now() });
  if (row === null) throw new DownloadReplaced();
  return row;
}
