import { z } from 'zod';
import type { JobDefinitions } from '@/lib/platform/jobs/job-definition';

/** Work on what has accumulated; the minutes are spread so that no two begin together. */
const sweep = {
  data: z.object({}),
  retryLimit: 2,
  retryDelaySeconds: 60,
  deadlineSeconds: 1800,
  concurrency: 1,
} as const;

/**
 * Every kind of job the product has. A new one is an entry here and its handler in lib/workers/job-handlers.ts; the types
 * ask for both. Names are verbs with their noun, such as `send-mail`, and stay as they are once released: they are in rows.
 */
export const jobDefinitions = {
  'send-mail': {
    data: z.object({ mailId: z.string() }),
    retryLimit: 6,
    retryDelaySeconds: 10,
    deadlineSeconds: 60,
    concurrency: 2,
  },
  'send-password-reset': {
    data: z.object({ email: z.string() }),
    retryLimit: 3,
    retryDelaySeconds: 2,
    deadlineSeconds: 60,
    concurrency: 2,
  },
  'download-weights': {
    data: z.object({ address: z.string(), runId: z.string() }),
    retryLimit: 5,
    retryDelaySeconds: 1,
    deadlineSeconds: 4 * 3600,
    concurrency: 2,
  },
  'sweep-accounts': { ...sweep, schedule: '17 * * * *' },
  'sweep-mails': { ...sweep, schedule: '27 * * * *' },
  'sweep-uploads': { ...sweep, schedule: '37 * * * *' },
  'sweep-trash': { ...sweep, schedule: '7 * * * *' },
  'sweep-counters': { ...sweep, schedule: '57 * * * *' },
  'sweep-orphan-bytes': { ...sweep, schedule: '47 3 * * *' },
} as const satisfies JobDefinitions;
