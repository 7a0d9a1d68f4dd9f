import { describe, expect, it } from 'vitest';
import { getModelByAddress } from '@/lib/domain/models/get-model-by-address';
import { modelWorld, newProject, uploadModel } from '@/lib/domain/models/test-support/model-material';
import { trashModel } from '@/lib/domain/trash/trash-model';

const refused = { code: 'NOT_FOUND' };
const addressOf = ({ owner, projectSlug, slug }: { owner: string; projectSlug: string; slug: string }) => ({
  owner,
  project: projectSlug,
  slug,
});

describe('a model by its address', () => {
  const world = modelWorld();

  it('is the living one of that owner, project and slug', async () => {
    const made = await uploadModel(world.context, { projectId: world.projectId, name: 'Night view' });
    expect(await getModelByAddress(world.context, addressOf(made))).toEqual(made);
  });

  it('is not found in another project, or once it lies in the trash', async () => {
    const made = await uploadModel(world.context, { projectId: world.projectId, name: 'Old view' });
    const elsewhere = await newProject(world.context, 'Elsewhere');
    const wrong = { ...addressOf(made), project: elsewhere.slug };
    await expect(getModelByAddress(world.context, wrong)).rejects.toMatchObject(refused);
    await trashModel(world.context, made.id);
    await expect(getModelByAddress(world.context, addressOf(made))).rejects.toMatchObject(refused);
  });

  it('of another tenant is not found, whatever the address says', async () => {
    const made = await uploadModel(world.context, { projectId: world.projectId, name: 'Own view' });
    await expect(getModelByAddress(world.test.other, addressOf(made))).rejects.toMatchObject(refused);
  });
});
