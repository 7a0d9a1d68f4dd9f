import { z } from 'zod';

/** A letter in an administrator's list. */
export const mail = z
  .object({
    id: z.string().describe('mail_…'),
    to: z.string(),
    subject: z.string(),
    text: z.string().nullable().describe('Null once the letter was sent or has expired'),
    status: z.enum(['waiting', 'sent', 'failed', 'expired']),
    failure: z.string().nullable(),
    createdAt: z.iso.datetime(),
    sentAt: z.iso.datetime().nullable(),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'Mail' });
export type Mail = z.infer<typeof mail>;
