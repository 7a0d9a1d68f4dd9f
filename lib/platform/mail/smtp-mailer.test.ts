import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { smtpMailer } from '@/lib/platform/mail/smtp-mailer';

type Talk = { readonly receivers: string[]; readonly text: string[] };

let server: Server | null = null;
afterEach(() => server?.close());

/** A mail server of this test: takes everything, or refuses every receiver. */
async function mailServer(refuses = false): Promise<{ url: string; talk: Talk }> {
  const talk: Talk = { receivers: [], text: [] };
  const started = createServer((socket) => converse(socket, talk, refuses));
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  const address = started.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { url: `smtp://127.0.0.1:${address.port}`, talk };
}

function converse(socket: Socket, talk: Talk, refuses: boolean): void {
  let isText = false;
  let rest = '';
  const say = (line: string) => socket.write(`${line}\r\n`);
  say('220 ready');
  socket.on('data', (bytes) => {
    const lines = `${rest}${bytes}`.split('\r\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (isText && line !== '.') talk.text.push(line);
      else if (isText) {
        isText = false;
        say('250 taken');
      } else if (line.startsWith('RCPT')) {
        talk.receivers.push(line);
        say(refuses ? '550 mailbox unavailable' : '250 ok');
      } else if (line === 'DATA') {
        isText = true;
        say('354 go on');
      } else say(line === 'QUIT' ? '221 bye' : '250 ok');
    }
  });
}

describe('smtpMailer', () => {
  it('hands a letter to the mail server', async () => {
    const { url, talk } = await mailServer();
    const mailer = smtpMailer(url, 'Sightline <sightline@example.com>');
    await mailer.deliver({ to: 'ada@example.com', subject: 'A new password', text: 'Open the link.' });
    mailer.close();
    expect(talk.receivers).toEqual(['RCPT TO:<ada@example.com>']);
    expect(talk.text).toEqual(
      expect.arrayContaining([
        'From: Sightline <sightline@example.com>',
        'To: ada@example.com',
        'Subject: A new password',
        'Open the link.',
      ]),
    );
  });

  it('writes to one receiver, whatever stands in the address', async () => {
    const { url, talk } = await mailServer();
    const mailer = smtpMailer(url, 'sightline@example.com');
    const to = 'ada@example.com, eve@example.com';
    await mailer.deliver({ to, subject: 'A\r\nBcc: eve@example.com', text: 'text' }).catch(() => undefined);
    mailer.close();
    expect(talk.receivers.length).toBeLessThanOrEqual(1);
    expect(talk.text.filter((line) => line.startsWith('Bcc:'))).toEqual([]);
  });

  it('throws what the mail server answers', async () => {
    const { url } = await mailServer(true);
    const mailer = smtpMailer(url, 'sightline@example.com');
    const delivery = mailer.deliver({ to: 'ada@example.com', subject: 'x', text: 'y' });
    await expect(delivery).rejects.toThrow('550 mailbox unavailable');
    mailer.close();
  });

  it('throws when nobody answers', async () => {
    const { url } = await mailServer();
    server?.close();
    const mailer = smtpMailer(url, 'sightline@example.com');
    await expect(mailer.deliver({ to: 'ada@example.com', subject: 'x', text: 'y' })).rejects.toThrow('ECONNREFUSED');
  });
});
