import { sendPasswordReset } from '@/lib/domain/accounts/send-password-reset';
import { sweepAccounts } from '@/lib/domain/accounts/sweep-accounts';
import { sweepOrphanBytes } from '@/lib/domain/blobs/sweep-orphan-bytes';
import { downloadWeights, failDownload } from '@/lib/domain/catalogue/download-weights';
import type { Services } from '@/lib/domain/context';
import { sendMail } from '@/lib/domain/mail/send-mail';
import { sweepMails } from '@/lib/domain/mail/sweep-mails';
import { sweepTrash } from '@/lib/domain/trash/sweep-trash';
import { sweepUploads } from '@/lib/domain/uploads/sweep-uploads';
import type { jobDefinitions } from '@/lib/platform/jobs/job-definitions';
import type { JobHandlers } from '@/lib/platform/jobs/jobs';

/** What the worker does with each kind of job: it calls the verb. */
export function jobHandlers(services: Services): JobHandlers<typeof jobDefinitions> {
  return {
    'send-mail': { run: ({ mailId }) => sendMail(services, mailId) },
    'send-password-reset': { run: ({ email }) => sendPasswordReset(services, email) },
    'download-weights': {
      run: (run, { signal }) => downloadWeights(services, run, signal),
      giveUp: (run, reason) => failDownload(services, run, `The download failed: ${reason}`, { isSpoilt: false }),
    },
    'sweep-accounts': { run: () => sweepAccounts(services) },
    'sweep-mails': { run: () => sweepMails(services) },
    'sweep-trash': {
      async run() {
        const deleted = await sweepTrash(services);
        services.log.info(deleted, 'The trash was swept');
      },
    },
    'sweep-counters': { run: () => services.limiter.sweep(services.now()) },
    'sweep-uploads': {
      async run() {
        const expiredCount = await sweepUploads(services);
        services.log.info({ expiredCount }, 'Expired uploads were swept');
      },
    },
    'sweep-orphan-bytes': {
      async run() {
        const freedBytes = await sweepOrphanBytes(services);
        services.log.info({ freedBytes }, 'Bytes that nothing points at were freed');
      },
    },
  };
}
