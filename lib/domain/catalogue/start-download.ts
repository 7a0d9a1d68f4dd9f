import { newId } from '@/lib/core/ids';
import { recordActivity } from '@/lib/domain/activity/record-activity';
import { addressOf, findWeights } from '@/lib/domain/catalogue/find-weights';
import { loadEntry } from '@/lib/domain/catalogue/get-catalogue-entry';
import { type OfficialWeights, weightsLicense } from '@/lib/domain/catalogue/official-weights';
import {
  type CatalogueFileRow,
  keepAcceptance,
  lockCatalogueFile,
  updateCatalogueFile,
} from '@/lib/domain/catalogue/repository';
import type { CatalogueEntry } from '@/lib/domain/catalogue/schema';
import { actingUserId, type Context, requireScope } from '@/lib/domain/context';
import type { Transaction } from '@/lib/platform/db/database';

/**
 * Accepts the licence of official weights for the workspace, and has a worker fetch them unless this server has them already or
 * is fetching them for somebody else: there is one download for all. One that failed goes on with what it had. Throws
 * `NOT_FOUND`.
 */
export async function startDownload(context: Context, name: string): Promise<CatalogueEntry> {
  requireScope(context, 'models');
  const weights = findWeights(name);
  await context.db.transaction((transaction) => accept(context, transaction, weights));
  return loadEntry(context, weights);
}

async function accept(context: Context, transaction: Transaction, weights: OfficialWeights): Promise<void> {
  const { workspaceId, now } = context;
  const { name, fileName } = weights;
  const file = await lockCatalogueFile(transaction, addressOf(context, weights), now());
  const isHere = await areBytesHere(context, file);
  const isFirst = await keepAcceptance(transaction, {
    workspaceId,
    name,
    license: weightsLicense.id,
    userId: actingUserId(context),
    acceptedAt: now(),
    awaitedAddress: isHere ? null : file.address,
  });
  const isBegun = !isHere && (await beginUnlessRunning(context, transaction, file));
  if (!isFirst && !isBegun) return;
  await recordActivity(context, transaction, {
    action: 'started',
    resource: { type: 'catalogue', id: name, name },
    message: `Accepted the licence ${weightsLicense.id} of ${fileName}${isBegun ? ' and began to fetch it' : ''}`,
    details: { fileName, license: weightsLicense.id, licenseUrl: weightsLicense.url, sourceUrl: file.address },
  });
}

/** A storage that was exchanged or restored in part may have lost what the row says it has. */
async function areBytesHere({ storage }: Context, { state, sha256 }: CatalogueFileRow): Promise<boolean> {
  return state === 'ready' && sha256 !== null && (await storage.has(sha256));
}

async function beginUnlessRunning(
  { jobs, now }: Context,
  transaction: Transaction,
  { address, state, partialId, receivedBytes, entityTag, totalBytes }: CatalogueFileRow,
): Promise<boolean> {
  if (state === 'waiting' || state === 'downloading') return false;
  const runId = newId('download');
  const partial = partialId === null ? { receivedBytes: 0, entityTag: null, totalBytes: null } : {};
  await updateCatalogueFile(transaction, address, {
    receivedBytes,
    entityTag,
    totalBytes,
    ...partial,
    state: 'waiting',
    stateReason: null,
    runId,
    partialId: partialId ?? newId('download'),
    sha256: null,
    updatedAt: now(),
  });
  await jobs.enqueue('download-weights', { address, runId }, { transaction, singletonKey: runId });
  return true;
}
