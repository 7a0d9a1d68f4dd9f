import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findSessionHolder } from '@/lib/domain/accounts/find-session-holder';
import { listSessions } from '@/lib/domain/accounts/list-sessions';
import { revokeOtherSessions } from '@/lib/domain/accounts/revoke-other-sessions';
import { revokeSession } from '@/lib/domain/accounts/revoke-session';
import { signOut } from '@/lib/domain/accounts/sign-out';
import { sweepAccounts } from '@/lib/domain/accounts/sweep-accounts';
import { sessions } from '@/lib/domain/accounts/tables';
import { firefox, signedIn, signedInAccount } from '@/lib/domain/accounts/test-support/signed-in-account';
import { activityEvents } from '@/lib/domain/activity/tables';
import type { Context, Services } from '@/lib/domain/context';
import { createTestContext, type TestContext, withKey } from '@/lib/domain/test-support/test-context';

const phone = {
  ...firefox,
  userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Safari/604.1',
  address: '198.51.100.7',
};

const dayMs = 24 * 60 * 60 * 1000;
const start = new Date(Date.UTC(2030, 0, 1));

describe('sessions', () => {
  let test: TestContext;
  let services: Services;
  let ada: Context;
  let count = 0;

  beforeAll(async () => {
    test = await createTestContext();
    services = test.services;
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    test.setNow(start);
    count += 1;
    ada = await signedInAccount(services, `person-${count}`);
  });

  const idOf = ({ actor }: Context) => (actor.kind === 'session' ? actor.sessionId : '');
  const lives = async (context: Context) => (await findSessionHolder(services, idOf(context))) !== null;
  const daysLater = (days: number) => test.setNow(new Date(start.getTime() + days * dayMs));

  it('are listed with device, address and times, the asking one marked, and nobody else’s among them', async () => {
    await signedIn(services, `person-${count}`, phone);
    const list = await listSessions(ada);
    expect(list).toHaveLength(2);
    expect(list.find(({ current }) => current)).toMatchObject({ id: idOf(ada), device: 'Firefox on Linux' });
    expect(list.find(({ current }) => !current)).toMatchObject({ device: 'Safari on iPhone', address: '198.51.100.7' });
  });

  it('are refused at once when one is revoked, once, with an event', async () => {
    const other = await signedIn(services, `person-${count}`, phone);
    expect(await revokeSession(ada, idOf(other))).toEqual({ id: idOf(other), current: false });
    expect(await lives(other)).toBe(false);
    expect(await lives(ada)).toBe(true);
    await expect(revokeSession(ada, idOf(other))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const events = await services.db
      .select()
      .from(activityEvents)
      .where(eq(activityEvents.workspaceId, ada.workspaceId));
    expect(events.filter(({ message }) => message === 'Signed out Safari on iPhone')).toHaveLength(1);
  });

  it('of another person are not found, and stay', async () => {
    const stranger = await signedInAccount(services, `stranger-${count}`);
    await expect(revokeSession(ada, idOf(stranger))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await revokeOtherSessions(ada);
    expect(await lives(stranger)).toBe(true);
  });

  it('all but the asking one end together', async () => {
    const others = [await signedIn(services, `person-${count}`), await signedIn(services, `person-${count}`, phone)];
    expect(await revokeOtherSessions(ada)).toEqual({ endedSessions: 2 });
    expect(await Promise.all(others.map(lives))).toEqual([false, false]);
    expect(await lives(ada)).toBe(true);
    expect(await revokeOtherSessions(ada)).toEqual({ endedSessions: 0 });
  });

  it('end at sign-out', async () => {
    await signOut(services, idOf(ada));
    expect(await lives(ada)).toBe(false);
  });

  it('end 30 days after the last use', async () => {
    daysLater(29.9);
    expect(await lives(ada)).toBe(true);
    daysLater(29.9 + 29.9);
    expect(await lives(ada)).toBe(true);
    daysLater(29.9 + 29.9 + 30.1);
    expect(await lives(ada)).toBe(false);
  });

  it('end 90 days after they began, however much they are used', async () => {
    for (const day of [20, 40, 60, 80, 89.9]) {
      daysLater(day);
      expect(await lives(ada)).toBe(true);
    }
    daysLater(90.1);
    expect(await lives(ada)).toBe(false);
  });

  it('of the past are swept when they no longer tell where somebody signs in from; living ones never', async () => {
    await signOut(services, idOf(ada));
    daysLater(89);
    const living = await signedIn(services, `person-${count}`);
    await sweepAccounts(services);
    const kept = await services.db.select({ id: sessions.id }).from(sessions);
    expect(kept).toContainEqual({ id: idOf(ada) });
    daysLater(91);
    await sweepAccounts(services);
    const left = await services.db.select({ id: sessions.id }).from(sessions);
    expect(left).not.toContainEqual({ id: idOf(ada) });
    expect(left).toContainEqual({ id: idOf(living) });
  });

  it('are no business of a key', async () => {
    await expect(listSessions(withKey(ada, []))).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(revokeSession(withKey(ada, []), idOf(ada))).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(revokeOtherSessions(withKey(ada, []))).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await lives(ada)).toBe(true);
  });
});
