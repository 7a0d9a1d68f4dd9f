import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createProject } from '@/lib/domain/projects/create-project';
import { getProjectByAddress } from '@/lib/domain/projects/get-project-by-address';
import { createTestContext, type TestContext } from '@/lib/domain/test-support/test-context';
import { trashProject } from '@/lib/domain/trash/trash-project';

describe('a project by its address', () => {
  let test: TestContext;
  beforeAll(async () => {
    test = await createTestContext();
  });
  afterAll(() => test.close());

  it('is the living one of that owner and slug', async () => {
    const made = await createProject(test.context, { name: 'Street signs', description: '', visibility: 'private' });
    expect(await getProjectByAddress(test.context, { owner: made.owner, slug: 'street-signs' })).toEqual(made);
  });

  it('is not found under another owner’s name, with quotes in it, or once it lies in the trash', async () => {
    const made = await createProject(test.context, { name: 'Old signs', description: '', visibility: 'private' });
    const { owner, slug } = made;
    const refused = { code: 'NOT_FOUND' };
    await expect(getProjectByAddress(test.context, { owner: `${owner}x`, slug })).rejects.toMatchObject(refused);
    await expect(getProjectByAddress(test.context, { owner, slug: "' or true --" })).rejects.toMatchObject(refused);
    await trashProject(test.context, made.id);
    await expect(getProjectByAddress(test.context, { owner, slug })).rejects.toMatchObject(refused);
  });

  it('of another tenant is not found, whoever’s name is asked for', async () => {
    const made = await createProject(test.other, { name: 'Secret', description: '', visibility: 'public' });
    const address = { owner: made.owner, slug: made.slug };
    await expect(getProjectByAddress(test.context, address)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
