import { z } from 'zod';

export const liveness = z.object({ status: z.literal('live') }).meta({ id: 'Liveness' });

const check = z.object({
  isOk: z.boolean(),
  message: z.string().describe('What was found, in words that give nothing away'),
});

export const readiness = z
  .object({
    status: z.enum(['ready', 'not-ready']),
    checks: z.object({ database: check, migrations: check, storage: check }),
    worker: z
      .object({
        heartbeatAgeSeconds: z.number().nullable().describe('Since a worker last gave a sign of life; null: never'),
      })
      .describe('Jobs wait while no worker runs; requests are served all the same'),
  })
  .meta({ id: 'Readiness' });
export type Readiness = z.infer<typeof readiness>;
