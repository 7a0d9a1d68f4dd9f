import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { users } from '@/lib/domain/accounts/tables';
import { actingUserId, type Services } from '@/lib/domain/context';
import { listMails } from '@/lib/domain/mail/list-mails';
import { queueMail } from '@/lib/domain/mail/queue-mail';
import { sendMail } from '@/lib/domain/mail/send-mail';
import { sweepMails } from '@/lib/domain/mail/sweep-mails';
import { mails } from '@/lib/domain/mail/tables';
import { createTestContext, type TestContext, withKey } from '@/lib/domain/test-support/test-context';
import type { Letter } from '@/lib/platform/mail/mailer';

const firstPage = { page: 1, limit: 20 };
const hourMs = 60 * 60 * 1000;
const letter = { to: 'ada@example.com', subject: 'A new password', text: 'Open https://example.com/?token=abcdef now' };

describe('letters', () => {
  let test: TestContext;
  let delivered: Letter[];

  beforeAll(async () => {
    test = await createTestContext();
    await test.services.db
      .update(users)
      .set({ isAdmin: true })
      .where(eq(users.id, actingUserId(test.context)));
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    test.setNow(null);
    delivered = [];
    test.logged.length = 0;
    await test.services.db.delete(mails);
  });

  const withMailer = (deliver: (letter: Letter) => Promise<void>): Services => ({
    ...test.services,
    mailer: { deliver, close: () => undefined },
  });
  const working = () => withMailer(async (taken) => void delivered.push(taken));

  async function queued(): Promise<string> {
    const expiresAt = new Date(Date.now() + hourMs);
    await test.services.db.transaction((transaction) =>
      queueMail(test.services, transaction, { ...letter, expiresAt }),
    );
    const [row] = await test.services.db.select().from(mails);
    return row.id;
  }

  it('are delivered once, and then no copy of their text is kept', async () => {
    const id = await queued();
    await sendMail(working(), id);
    await sendMail(working(), id);
    expect(delivered).toEqual([letter]);
    const { items } = await listMails(test.context, firstPage);
    expect(items).toMatchObject([{ id, status: 'sent', text: null, failure: null }]);
    expect(test.logged.join('')).not.toContain('token=');
  });

  it('are not written when the change they tell about is undone', async () => {
    const expiresAt = new Date(Date.now() + hourMs);
    const undone = test.services.db.transaction(async (transaction) => {
      await queueMail(test.services, transaction, { ...letter, expiresAt });
      throw new Error('undo');
    });
    await expect(undone).rejects.toThrow('undo');
    expect(await test.services.db.select().from(mails)).toEqual([]);
  });

  it('go to the log and to the administrators’ list where no mail server is set', async () => {
    const id = await queued();
    await sendMail(test.services, id);
    const warnings = test.logged.map((line) => JSON.parse(line)).filter(({ mailId }) => mailId === id);
    expect(warnings).toMatchObject([{ level: 40, text: letter.text }]);
    const { items } = await listMails(test.context, firstPage);
    expect(items).toMatchObject([{ id, status: 'waiting', text: letter.text }]);
  });

  it('whose delivery fails say why, are tried again, and are not lost', async () => {
    const id = await queued();
    const broken = withMailer(() => Promise.reject(new Error('550 mailbox unavailable')));
    await expect(sendMail(broken, id)).rejects.toThrow('550');
    expect((await listMails(test.context, firstPage)).items).toMatchObject([
      { status: 'failed', failure: '550 mailbox unavailable', text: letter.text },
    ]);
    await sendMail(working(), id);
    expect((await listMails(test.context, firstPage)).items).toMatchObject([{ status: 'sent', failure: null }]);
  });

  it('that expired are neither sent nor shown, are emptied by the sweep, and deleted a month later', async () => {
    const id = await queued();
    test.setNow(new Date(Date.now() + 2 * hourMs));
    await sendMail(working(), id);
    expect(delivered).toEqual([]);
    expect((await listMails(test.context, firstPage)).items).toMatchObject([{ status: 'expired', text: null }]);
    await sweepMails(test.services);
    expect(await test.services.db.select().from(mails)).toMatchObject([{ id, sealedText: '' }]);
    test.setNow(new Date(Date.now() + 31 * 24 * hourMs));
    await sweepMails(test.services);
    expect(await test.services.db.select().from(mails)).toEqual([]);
  });

  it('are listed for administrators only, and for no key of theirs', async () => {
    await queued();
    await expect(listMails(test.other, firstPage)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(listMails(withKey(test.context, []), firstPage)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect((await listMails(test.context, firstPage)).meta.total).toBe(1);
  });
});
