import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '@/lib/domain/context';
import { getModel } from '@/lib/domain/models/get-model';
import { listModels } from '@/lib/domain/models/list-models';
import { listModelsQuery, modelId, updateModelInput } from '@/lib/domain/models/schema';
import { modelActivity, newProject, onnxBytes, uploadModel } from '@/lib/domain/models/test-support/model-material';
import { updateModel } from '@/lib/domain/models/update-model';
import { getProject } from '@/lib/domain/projects/get-project';
import { createTestContext, newTenant, type TestContext, withKey } from '@/lib/domain/test-support/test-context';
import { trashModel } from '@/lib/domain/trash/trash-model';
import { tinyCheckpoint } from '@/lib/engines/model-files/test-support/stored-zip';

let test: TestContext;
beforeAll(async () => {
  test = await createTestContext();
});
afterAll(() => test.close());

let tenantNumber = 0;
let seconds = 0;

/** A workspace nobody else has written to, and a project in it. */
async function fresh(): Promise<{ context: Context; projectId: string }> {
  const context = await newTenant(test.services, `tenant-${++tenantNumber}`);
  return { context, projectId: (await newProject(context)).id };
}

/** A second later than the last one, so that orders by time are certain. */
function tick(): void {
  test.setNow(new Date(Date.UTC(2030, 0, 1) + 1000 * ++seconds));
}

function make(context: Context, projectId: string, name: string, content = name) {
  tick();
  return uploadModel(context, { projectId, name }, { bytes: tinyCheckpoint(content) });
}

async function namesOf(context: Context, query: Record<string, unknown> = {}): Promise<string[]> {
  const { items } = await listModels(context, listModelsQuery.parse(query));
  return items.map((item) => item.name);
}

describe('listing models', () => {
  it('filters by project, task and status, and searches with wildcards taken literally', async () => {
    const { context, projectId } = await fresh();
    const second = (await newProject(context, 'Second')).id;
    await make(context, projectId, '50% off');
    await make(context, second, '50 off');
    await uploadModel(context, { projectId: second, name: 'runs' }, { bytes: onnxBytes('list'), fileName: 'a.onnx' });
    expect(await namesOf(context, { projectId })).toEqual(['50% off']);
    expect(await namesOf(context, { task: 'detect' })).toEqual(['runs']);
    expect(await namesOf(context, { status: 'stored', sort: 'oldest' })).toEqual(['50% off', '50 off']);
    expect(await namesOf(context, { search: '50%' })).toEqual(['50% off']);
    expect(await namesOf(context, { search: `'); drop table models; --` })).toEqual([]);
    expect(await namesOf(context, { search: 'RUNS\0' })).toEqual(['runs']);
    expect(await namesOf(context, { projectId: 'project_unknown' })).toEqual([]);
  });

  it('sorts and pages', async () => {
    const { context, projectId } = await fresh();
    const first = await make(context, projectId, 'b', 'a longer file than the others');
    await make(context, projectId, 'A');
    await make(context, projectId, 'c', 'c longer');
    expect(await namesOf(context)).toEqual(['c', 'A', 'b']);
    expect(await namesOf(context, { sort: 'oldest' })).toEqual(['b', 'A', 'c']);
    expect(await namesOf(context, { sort: 'name' })).toEqual(['A', 'b', 'c']);
    expect(await namesOf(context, { sort: 'size' })).toEqual(['b', 'c', 'A']);
    tick();
    await updateModel(context, first.id, { description: 'new' });
    expect(await namesOf(context, { sort: 'updated' })).toEqual(['b', 'c', 'A']);
    const { items, meta } = await listModels(context, listModelsQuery.parse({ page: '2', limit: '2' }));
    expect(items.map((item) => item.name)).toEqual(['b']);
    expect(meta).toEqual({ page: 2, limit: 2, total: 3 });
  });

  it('tells how many classes a model has, and leaves their names to the model itself', async () => {
    const { context, projectId } = await fresh();
    await uploadModel(context, { projectId }, { bytes: onnxBytes('summary'), fileName: 'a.onnx' });
    const { items } = await listModels(context, listModelsQuery.parse({}));
    expect(items[0]).toMatchObject({ classCount: 3, task: 'detect', metadata: { precision: 'fp32' } });
    expect(items[0]?.metadata).not.toHaveProperty('names');
    expect(items[0]?.metadata).not.toHaveProperty('properties');
  });

  it('leaves out what lies in the trash, and other tenants’ models, also public ones', async () => {
    const [mine, theirs] = [await fresh(), await fresh()];
    const gone = await make(mine.context, mine.projectId, 'gone');
    await make(mine.context, mine.projectId, 'here');
    const { id } = await make(theirs.context, theirs.projectId, 'theirs');
    await updateModel(theirs.context, id, { visibility: 'public' });
    await trashModel(mine.context, gone.id);
    expect(await namesOf(mine.context)).toEqual(['here']);
    expect(await namesOf(mine.context, { projectId: theirs.projectId })).toEqual([]);
    const project = await getProject(mine.context, mine.projectId);
    expect(project.modelCount).toBe(1);
  });
});

describe('changing a model', () => {
  it('keeps the slug, and says in the activity what changed', async () => {
    const { context, projectId } = await fresh();
    const { id } = await make(context, projectId, 'Old name');
    const change = (changes: Record<string, unknown>) => {
      tick();
      return updateModel(context, id, updateModelInput.parse(changes));
    };
    expect(await change({ name: 'New name' })).toMatchObject({ name: 'New name', slug: 'old-name' });
    await change({ visibility: 'public' });
    await change({ visibility: 'private' });
    await change({ description: 'night' });
    tick();
    await trashModel(context, id);
    expect((await modelActivity(context)).slice(1)).toEqual([
      { action: 'updated', message: 'Renamed model Old name to New name' },
      { action: 'shared', message: 'Made model New name public' },
      { action: 'unshared', message: 'Made model New name private' },
      { action: 'updated', message: 'Updated model New name' },
      { action: 'trashed', message: 'Moved model New name to the trash' },
    ]);
  });

  it('does not find another tenant’s model, and leaves it as it was', async () => {
    const [mine, theirs] = [await fresh(), await fresh()];
    const made = await make(theirs.context, theirs.projectId, 'theirs');
    const refused = { code: 'NOT_FOUND' };
    await expect(getModel(mine.context, made.id)).rejects.toMatchObject(refused);
    await expect(updateModel(mine.context, made.id, { name: 'mine' })).rejects.toMatchObject(refused);
    await expect(trashModel(mine.context, made.id)).rejects.toMatchObject(refused);
    expect(await getModel(theirs.context, made.id)).toEqual(made);
    expect(await modelActivity(mine.context)).toEqual([]);
  });

  it('is refused to keys that may only read', async () => {
    const { context, projectId } = await fresh();
    const { id } = await make(context, projectId, 'kept');
    const reader = withKey(context, ['models:read']);
    await expect(updateModel(reader, id, { name: 'changed' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(trashModel(reader, id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect((await getModel(reader, id)).name).toBe('kept');
  });

  it.each(['model_a\0b', '', 'a'.repeat(65), "model_' or true", '../x'])('takes %j for no id at all', (id) => {
    expect(modelId.safeParse(id).success).toBe(false);
  });
});
