import { newId } from '@/lib/core/ids';
import { type HeldBlob, linkBlob } from '@/lib/domain/blobs/hold-blob';
import type { Context } from '@/lib/domain/context';
import { modelFileName } from '@/lib/domain/models/model-file-name';
import { insertModelFile } from '@/lib/domain/models/repository';
import type { ModelFile } from '@/lib/domain/models/with-model-file';
import { converterVersion } from '@/lib/engines/architecture/converter-version';
import type { Transaction } from '@/lib/platform/db/database';

/** Points a model at its file, and at the ONNX made of it. */
export async function attachModelFile(
  { workspaceId, now }: Context,
  transaction: Transaction,
  modelId: string,
  { reading, blob, converted, fileName, givenName }: ModelFile,
): Promise<void> {
  const shared = { modelId, workspaceId, createdAt: now() };
  const { format } = reading.metadata;
  const uploaded = { kind: 'weights', format, fileName, sourceSha256: null, converterVersion: null } as const;
  await linkBlob(transaction, blob);
  await insertModelFile(transaction, { id: newId('modelFile'), ...shared, ...uploaded, ...bytesOf(blob) });
  if (converted === null) return;
  const made = { kind: 'converted', format: 'onnx', fileName: modelFileName(givenName, 'onnx') } as const;
  const source = { sourceSha256: blob.sha256, converterVersion };
  await linkBlob(transaction, converted);
  await insertModelFile(transaction, { id: newId('modelFile'), ...shared, ...made, ...source, ...bytesOf(converted) });
}

/** Bytes that a model's files add to what its workspace holds. */
export function sizeOfModelFile({ blob, converted }: ModelFile): number {
  return blob.sizeBytes + (converted?.sizeBytes ?? 0);
}

function bytesOf({ sha256, sizeBytes }: HeldBlob): Pick<HeldBlob, 'sha256' | 'sizeBytes'> {
  return { sha256, sizeBytes };
}
