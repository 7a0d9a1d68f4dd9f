import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { activityEvents } from '@/lib/domain/activity/tables';
import { createApiKey } from '@/lib/domain/api-keys/create-api-key';
import { ensureApiKey } from '@/lib/domain/api-keys/ensure-api-key';
import { findKeyHolder } from '@/lib/domain/api-keys/find-key-holder';
import { listApiKeys } from '@/lib/domain/api-keys/list-api-keys';
import { revokeApiKey } from '@/lib/domain/api-keys/revoke-api-key';
import { createApiKeyInput } from '@/lib/domain/api-keys/schema';
import { apiKeys } from '@/lib/domain/api-keys/tables';
import type { Context } from '@/lib/domain/context';
import { createTestContext, newTenant, type TestContext, withKey } from '@/lib/domain/test-support/test-context';

const firstPage = { page: 1, limit: 100 };
const dayMs = 24 * 60 * 60 * 1000;

describe('API keys', () => {
  let test: TestContext;
  let ada: Context;
  let count = 0;

  beforeAll(async () => {
    test = await createTestContext();
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    test.setNow(null);
    count += 1;
    ada = await newTenant(test.services, `tenant-${count}`);
  });

  const create = (context: Context, input: Record<string, unknown> = {}) =>
    createApiKey(context, createApiKeyInput.parse({ name: 'training-server', ...input }));
  const inDays = (days: number) => new Date(Date.now() + days * dayMs);

  /** The context of a request that sends this key, as lib/http makes it. */
  async function through(key: string): Promise<Context> {
    const holder = await findKeyHolder(test.services, key);
    if (holder === null) throw new Error('the key does not work');
    const actor = { kind: 'key', userId: holder.userId, apiKeyId: holder.id, scopes: holder.scopes } as const;
    return { ...ada, actor, workspaceId: holder.workspaceId };
  }

  it('are shown once, kept as a hash, and recognised by their first 11 characters', async () => {
    const made = await create(ada);
    expect(made.key).toMatch(/^ul_[0-9a-f]{40}$/);
    expect(made).toMatchObject({
      kind: 'ul',
      prefix: made.key.slice(0, 11),
      scopes: [],
      expiresAt: null,
      lastUsedAt: null,
    });
    expect((await create(ada, { kind: 'ylk' })).key).toMatch(/^ylk_[0-9a-f]{40}$/);
    const stored = JSON.stringify([
      await test.services.db.select().from(apiKeys),
      await test.services.db.select().from(activityEvents),
      await listApiKeys(ada, firstPage),
    ]);
    expect(stored).not.toContain(made.key);
    expect(stored).not.toContain(made.key.slice(12));
    expect(test.logged.join('')).not.toContain(made.key);
  });

  it('work until they are revoked, which is at once and for good', async () => {
    const { id, key } = await create(ada);
    expect(await findKeyHolder(test.services, key)).toMatchObject({ id, workspaceId: ada.workspaceId });
    expect(await revokeApiKey(ada, id)).toMatchObject({ id });
    expect(await findKeyHolder(test.services, key)).toBeNull();
    expect((await listApiKeys(ada, firstPage)).items).toEqual([]);
    await expect(revokeApiKey(ada, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await ensureApiKey(ada, key);
    expect(await findKeyHolder(test.services, key)).toBeNull();
    const events = await test.services.db
      .select()
      .from(activityEvents)
      .where(eq(activityEvents.workspaceId, ada.workspaceId));
    expect(events.map(({ message }) => message).sort()).toEqual([
      'Created API key training-server',
      'Revoked API key training-server',
    ]);
  });

  it('stop working when they expire, and are listed as expired', async () => {
    const { key } = await create(ada, { expiresAt: inDays(1).toISOString() });
    expect(await findKeyHolder(test.services, key)).not.toBeNull();
    test.setNow(inDays(2));
    expect(await findKeyHolder(test.services, key)).toBeNull();
    expect((await listApiKeys(ada, firstPage)).items).toMatchObject([{ expired: true }]);
  });

  it('cannot be made to expire in the past or beyond the calendar, with a scope there is not, or without a name', async () => {
    for (const expiresAt of [inDays(-1).toISOString(), '0000-01-01T00:00:00Z', '9999-12-31T23:59:59-05:00']) {
      await expect(create(ada, { expiresAt })).rejects.toMatchObject({ issues: [{ path: 'expiresAt' }] });
    }
    expect(createApiKeyInput.safeParse({ name: 'x', scopes: ['everything'] }).success).toBe(false);
    expect(createApiKeyInput.safeParse({ name: ' ' }).success).toBe(false);
    expect((await listApiKeys(ada, firstPage)).items).toEqual([]);
  });

  it('are neither seen nor revoked from another workspace', async () => {
    const { id, key } = await create(ada);
    expect((await listApiKeys(test.other, firstPage)).items).toEqual([]);
    await expect(revokeApiKey(test.other, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await findKeyHolder(test.services, key)).not.toBeNull();
  });

  it('need the scope for what they do with keys', async () => {
    const { id } = await create(ada);
    const reader = withKey(ada, ['keys:read']);
    expect((await listApiKeys(reader, firstPage)).meta.total).toBe(1);
    await expect(create(reader)).rejects.toMatchObject({
      code: 'FORBIDDEN',
      message: expect.stringContaining('“keys”'),
    });
    await expect(revokeApiKey(reader, id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(listApiKeys(withKey(ada, ['models']), firstPage)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect((await listApiKeys(ada, firstPage)).meta.total).toBe(1);
  });

  it('make only keys that may do no more than themselves', async () => {
    const { key } = await create(ada, { scopes: ['keys', 'models:read'] });
    const limited = await through(key);
    expect(await create(limited, { scopes: ['models:read', 'keys:read'] })).toMatchObject({ kind: 'ul' });
    for (const scopes of [[], ['models'], ['models:read', 'projects:read']]) {
      await expect(create(limited, { scopes })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
    expect(await create(await through((await create(ada)).key), { scopes: [] })).toMatchObject({ scopes: [] });
  });

  it('make only keys that last no longer than themselves', async () => {
    const shortLived = await through((await create(ada, { expiresAt: inDays(2).toISOString() })).key);
    await expect(create(shortLived)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(create(shortLived, { expiresAt: inDays(3).toISOString() })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    expect(await create(shortLived, { expiresAt: inDays(1).toISOString() })).toMatchObject({ expired: false });
  });

  it('note their last use, but not with every request', async () => {
    const { id, key } = await create(ada);
    const lastUse = async () =>
      (await listApiKeys(ada, firstPage)).items.find((item) => item.id === id)?.lastUsedAt ?? null;
    const first = new Date(Date.now() + 1000);
    test.setNow(first);
    await findKeyHolder(test.services, key);
    expect(await lastUse()).toBe(first.toISOString());
    test.setNow(new Date(first.getTime() + 30_000));
    await findKeyHolder(test.services, key);
    expect(await lastUse()).toBe(first.toISOString());
    test.setNow(new Date(first.getTime() + 61_000));
    await findKeyHolder(test.services, key);
    expect(await lastUse()).toBe(new Date(first.getTime() + 61_000).toISOString());
  });

  it('are at most 200 in a workspace, also when the last ones are made at once', async () => {
    const rows = Array.from({ length: 198 }, (_, index) => ({
      id: `key_many${count}x${index}`,
      workspaceId: ada.workspaceId,
      userId: ada.actor.kind === 'session' ? ada.actor.userId : '',
      name: 'one of many',
      kind: 'ul' as const,
      keyHash: `${count}-${index}`,
      prefix: 'ul_00000000',
      createdAt: new Date(),
    }));
    await test.services.db.insert(apiKeys).values(rows);
    const tries = await Promise.allSettled(Array.from({ length: 4 }, () => create(ada)));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    await expect(create(ada)).rejects.toMatchObject({ code: 'QUOTA_EXCEEDED' });
    await revokeApiKey(ada, rows[0].id);
    expect(await create(ada)).toMatchObject({ name: 'training-server' });
  });

  it('are paged, newest first', async () => {
    for (let index = 0; index < 3; index++) {
      test.setNow(new Date(Date.now() + index * 1000));
      await create(ada, { name: `key ${index}` });
    }
    const page = await listApiKeys(ada, { page: 2, limit: 2 });
    expect(page).toMatchObject({ items: [{ name: 'key 0' }], meta: { page: 2, limit: 2, total: 3 } });
  });
});
