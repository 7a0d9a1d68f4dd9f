import { z } from 'zod';
import { pageQuery } from '@/lib/core/page';

/** How long things stay in the trash before the sweep deletes them. */
export const retentionDays = 30;

/** What can lie in the trash. */
const trashTypes = ['project', 'model'] as const;
export const trashType = z.enum(trashTypes);
export type TrashType = z.infer<typeof trashType>;

export const trashItem = z
  .object({
    id: z.string().describe('project_… or model_…'),
    type: trashType,
    name: z.string(),
    sizeBytes: z.number().int().describe('Bytes of its files, and of what went to the trash with it'),
    modelCount: z.number().int().describe('Models that went to the trash with a project; 0 for a model'),
    deletedAt: z.iso.datetime(),
    expiresAt: z.iso.datetime().describe('When it is deleted for good'),
    daysLeft: z.number().int().min(0).max(retentionDays).describe('Begun days until then'),
    parent: z
      .object({ id: z.string(), name: z.string(), isInTrash: z.boolean() })
      .nullable()
      .describe('The project of a model. While that is in the trash itself, it must be restored first'),
  })
  .meta({ id: 'TrashItem' });
export type TrashItem = z.infer<typeof trashItem>;

export const listTrashQuery = pageQuery.extend({
  type: trashType.optional(),
  search: z.string().trim().max(200).optional().describe('Part of the name'),
});
export type ListTrashQuery = z.infer<typeof listTrashQuery>;

/** One thing in the trash. */
export const trashSelection = z.object({ itemId: z.string().max(64), type: trashType });
export type TrashSelection = z.infer<typeof trashSelection>;

export const restoredItem = z
  .object({
    id: z.string(),
    type: trashType,
    name: z.string(),
    slug: z.string().describe('Another one than before when that has been taken meanwhile'),
    modelCount: z.number().int().describe('Models that came back with a project'),
  })
  .meta({ id: 'RestoredItem' });
export type RestoredItem = z.infer<typeof restoredItem>;

export const deletedForever = z
  .object({
    projectCount: z.number().int(),
    modelCount: z.number().int(),
    sizeBytes: z.number().int().describe('Bytes that no longer count as used'),
  })
  .meta({ id: 'DeletedForever' });
export type DeletedForever = z.infer<typeof deletedForever>;
