import { deleteRows, filesOfModels } from '@/lib/domain/trash/repository';
import type { DeletedForever } from '@/lib/domain/trash/schema';
import type { Transaction } from '@/lib/platform/db/database';

type Named = { readonly id: string; readonly name: string };

/** What is to be deleted; the rows are locked, and models include those of the projects. */
export type TrashedThings = { readonly projects: readonly Named[]; readonly models: readonly Named[] };

/** Deletes the rows. The bytes of `sha256s` are to be released after the transaction: before, they still have pointers. */
export async function deleteContents(
  transaction: Transaction,
  { projects, models }: TrashedThings,
): Promise<{ deleted: DeletedForever; sha256s: string[] }> {
  const files = await filesOfModels(transaction, models);
  await deleteRows(transaction, projects, models);
  return {
    deleted: {
      projectCount: projects.length,
      modelCount: models.length,
      sizeBytes: files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    },
    sha256s: files.map(({ sha256 }) => sha256),
  };
}
