import { z } from 'zod';
import { trashType } from '@/lib/domain/trash/schema';

const storageKinds = ['models', 'trash'] as const;

export const storageUse = z
  .object({
    used: z.number().int().describe('Bytes of all files of the workspace, those in the trash too'),
    limit: z.number().int().nullable().describe('Bytes of the plan; null when unlimited'),
    percentage: z.number().nullable().describe('Used share of the limit in percent; null when unlimited'),
    byKind: z
      .array(
        z.object({
          kind: z.enum(storageKinds).describe('models: those outside the trash'),
          sizeBytes: z.number().int(),
          fileCount: z.number().int(),
        }),
      )
      .describe('Every kind once; the sizes add up to what is used'),
    largest: z
      .array(
        z.object({
          id: z.string().describe('model_…'),
          type: trashType,
          name: z.string(),
          sizeBytes: z.number().int(),
          projectId: z.string(),
          projectName: z.string(),
          isInTrash: z.boolean(),
        }),
      )
      .describe('The ten largest, largest first'),
  })
  .meta({ id: 'StorageUse' });
export type StorageUse = z.infer<typeof storageUse>;
