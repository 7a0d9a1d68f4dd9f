import { Fault } from '@/lib/core/fault';
import { holdBlob, letGoBlob, linkBlob } from '@/lib/domain/blobs/hold-blob';
import { asFailure, changedFile, notWeights } from '@/lib/domain/catalogue/download-faults';
import { DownloadReplaced, fetchPartial, keepRunning } from '@/lib/domain/catalogue/fetch-partial';
import { type CatalogueFileRow, endAwaiting, type Run, updateRun } from '@/lib/domain/catalogue/repository';
import type { Services } from '@/lib/domain/context';
import { withFileSource } from '@/lib/domain/models/with-file-source';
import { recogniseCheckpoint } from '@/lib/engines/model-files/recognise-checkpoint';
import type { StagedBytes } from '@/lib/platform/storage/storage';

/**
 * Fetches official weights and keeps them under their SHA-256; after a crash it goes on where the partial file ends. Whatever can
 * be told is written into the catalogue; what cannot is thrown, for the job to be tried again.
 */
export async function downloadWeights(services: Services, run: Run, signal: AbortSignal): Promise<void> {
  try {
    const row = await keepRunning(services, run, {});
    await keepWhole(services, run, await fetchPartial(services, run, row, signal));
  } catch (error) {
    if (error instanceof DownloadReplaced) return;
    signal.throwIfAborted();
    const failure = asFailure(error, run.address);
    if (failure === null) throw error;
    services.log.warn({ address: run.address, reason: failure.message }, 'Official weights could not be fetched');
    await failDownload(services, run, failure.message, { isSpoilt: failure.isSpoilt });
  }
}

/** Writes down why a download came to nothing. What arrived stays for the next try unless it is spoilt. */
export async function failDownload(
  { db, now, resumable }: Services,
  run: Run,
  reason: string,
  { isSpoilt }: { readonly isSpoilt: boolean },
): Promise<void> {
  const spoilt = isSpoilt ? { entityTag: null, receivedBytes: 0, totalBytes: null } : {};
  const row = await updateRun(db, run, { ...spoilt, state: 'failed', stateReason: reason, updatedAt: now() });
  if (row === null) return;
  await endAwaiting(db, run.address);
  if (isSpoilt && row.partialId !== null) await resumable.remove(row.partialId);
}

/** Puts the whole file into storage, once it has proved to be what it should be. */
async function keepWhole(services: Services, run: Run, { partialId, knownSha256 }: CatalogueFileRow): Promise<void> {
  const { storage, resumable, weightsSource } = services;
  if (partialId === null) throw new DownloadReplaced();
  const staged = await storage.stage(resumable.read(partialId), { maximumBytes: weightsSource.maximumBytes });
  try {
    await requireCheckpoint(staged, run.address);
    if (knownSha256 !== null && staged.sha256 !== knownSha256) throw changedFile(knownSha256, staged.sha256);
    await keepStaged(services, run, staged);
  } finally {
    await staged.discard();
  }
  await resumable.remove(partialId);
}

/** A server in between, or a page that says sorry, may have answered instead of the publisher. */
async function requireCheckpoint({ path }: StagedBytes, address: string): Promise<void> {
  try {
    if ((await withFileSource(path, recogniseCheckpoint)) !== null) return;
  } catch (error) {
    throw error instanceof Fault ? notWeights(error.found, address) : error;
  }
  throw notWeights('It is no PyTorch checkpoint.', address);
}

async function keepStaged(services: Services, run: Run, staged: StagedBytes): Promise<void> {
  const { sha256, sizeBytes } = staged;
  const blob = await holdBlob(services, staged);
  try {
    await services.db.transaction(async (transaction) => {
      const nothingPartial = { runId: null, partialId: null, entityTag: null, stateReason: null };
      const size = { receivedBytes: sizeBytes, totalBytes: sizeBytes };
      const kept = { ...size, sha256, knownSha256: sha256, updatedAt: services.now() };
      const row = await updateRun(transaction, run, { ...nothingPartial, ...kept, state: 'ready' });
      if (row === null) throw new DownloadReplaced();
      await linkBlob(transaction, blob);
      await endAwaiting(transaction, run.address);
    });
  } catch (error) {
    await letGoBlob(services, blob);
    throw error;
  }
}
