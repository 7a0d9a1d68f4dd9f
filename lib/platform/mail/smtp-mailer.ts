import { createTransport } from 'nodemailer';
import type { Mailer } from '@/lib/platform/mail/mailer';

/** A mail server that says nothing for so long will not say anything; the job tries again later. */
const silenceMilliseconds = 20_000;

/** Letters by the SMTP server at `url` (smtp:// or smtps://, with user and password), written as coming from `from`. */
export function smtpMailer(url: string, from: string): Mailer {
  const transport = createTransport(
    {
      url,
      connectionTimeout: silenceMilliseconds,
      greetingTimeout: silenceMilliseconds,
      socketTimeout: silenceMilliseconds,
      // Nothing of a letter names files or addresses to fetch.
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    { from },
  );
  return {
    async deliver({ to, subject, text }) {
      // As an object the address is taken whole: a comma in it cannot make a second receiver.
      await transport.sendMail({ to: { name: '', address: to }, subject, text });
    },
    close: () => transport.close(),
  };
}
