import { z } from 'zod';
import type { JobDefinitions } from '@/lib/platform/jobs/job-definition';

const once = { retryLimit: 0, retryDelaySeconds: 0, deadlineSeconds: 60, concurrency: 1 };

/** Jobs that only tests have. */
export const testDefinitions = {
  note: { ...once, data: z.object({ text: z.string() }) },
  hang: { ...once, data: z.object({}), retryLimit: 2 },
} as const satisfies JobDefinitions;
