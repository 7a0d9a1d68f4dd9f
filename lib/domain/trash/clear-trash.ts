import { recordActivity } from '@/lib/domain/activity/record-activity';
import { releaseUnreferencedBlobs } from '@/lib/domain/blobs/release-unreferenced-blobs';
import type { Context } from '@/lib/domain/context';
import { deleteContents, type TrashedThings } from '@/lib/domain/trash/delete-contents';
import { lockTrash } from '@/lib/domain/trash/repository';
import type { DeletedForever } from '@/lib/domain/trash/schema';

/** So many names are kept in the activity row. */
const maximumNames = 100;

type Clearing = {
  /** Only what went to the trash up to then; everything when null. */
  readonly through: Date | null;
  /** The sentence of the activity row, around “2 projects and 1 model”. */
  readonly message: (what: string) => string;
};

/** Deletes the workspace's trash for good and frees its bytes. An empty trash is left alone, without an activity row. */
export async function clearTrash(context: Context, { through, message }: Clearing): Promise<DeletedForever> {
  const { db, workspaceId } = context;
  const { deleted, sha256s } = await db.transaction(async (transaction) => {
    const things = await lockTrash(transaction, workspaceId, through);
    const outcome = await deleteContents(transaction, things);
    const { projectCount, modelCount } = outcome.deleted;
    if (projectCount + modelCount === 0) return outcome;
    await recordActivity(context, transaction, {
      action: 'deleted',
      resource: { type: 'trash', id: workspaceId, name: 'Trash' },
      message: message(inWords(outcome.deleted)),
      details: { ...outcome.deleted, ...namesOf(things) },
    });
    return outcome;
  });
  await releaseUnreferencedBlobs(context, sha256s);
  return deleted;
}

function namesOf({ projects, models }: TrashedThings) {
  return {
    projects: projects.slice(0, maximumNames).map(({ name }) => name),
    models: models.slice(0, maximumNames).map(({ name }) => name),
  };
}

function inWords({ projectCount, modelCount }: DeletedForever): string {
  const parts = [
    projectCount > 0 && `${projectCount} ${projectCount === 1 ? 'project' : 'projects'}`,
    modelCount > 0 && `${modelCount} ${modelCount === 1 ? 'model' : 'models'}`,
  ];
  return parts.filter((part) => part !== false).join(' and ');
}
