import { z } from 'zod';
import { pageQuery } from '@/lib/core/page';

const activityActions = [
  'created',
  'updated',
  'deleted',
  'trashed',
  'restored',
  'started',
  'completed',
  'failed',
  'cancelled',
  'uploaded',
  'shared',
  'unshared',
  'exported',
  'cloned',
] as const;
export type ActivityAction = (typeof activityActions)[number];

export const activityResources = [
  'project',
  'model',
  'dataset',
  'training',
  'export',
  'deployment',
  'settings',
  'api_key',
  'onboarding',
  'trash',
  'catalogue',
] as const;
export type ActivityResource = (typeof activityResources)[number];

export const activityEvent = z
  .object({
    id: z.string().describe('event_…'),
    action: z.enum(activityActions),
    resourceType: z.enum(activityResources),
    resourceId: z.string(),
    resourceName: z.string(),
    message: z.string().describe('The whole event in one sentence'),
    details: z.record(z.string(), z.unknown()),
    user: z
      .object({ id: z.string(), email: z.string() })
      .nullable()
      .describe('Who did it; null for what the system did by itself'),
    createdAt: z.iso.datetime(),
    seen: z.boolean(),
    archived: z.boolean(),
  })
  .meta({ id: 'ActivityEvent' });
export type ActivityEvent = z.infer<typeof activityEvent>;

/** A date (the whole day, UTC) or a moment. */
const dateOrMoment = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);

const activityFilter = z.object({
  startDate: dateOrMoment.optional().describe('Events from this date or moment on (ISO 8601)'),
  endDate: dateOrMoment.optional().describe('Events up to the end of this date, or to this moment (ISO 8601)'),
  search: z.string().trim().max(200).optional().describe('Part of the message'),
  box: z.enum(['inbox', 'archive']).default('inbox'),
  resourceType: z.enum(activityResources).optional(),
});
export type ActivityFilter = z.infer<typeof activityFilter>;

export const listActivityQuery = pageQuery.extend(activityFilter.shape);
export type ListActivityQuery = z.infer<typeof listActivityQuery>;

export const exportActivityQuery = activityFilter.extend({ format: z.enum(['csv', 'json']).default('csv') });
export type ExportActivityQuery = z.infer<typeof exportActivityQuery>;

/** The events a change of marks is for; without a word about them, all of the box. */
export const eventSelection = z
  .object({
    eventIds: z.array(z.string().max(64)).min(1).max(1000).optional(),
    all: z.literal(true).optional().describe('Every event of the box that the change takes them from'),
  })
  .refine(({ eventIds, all }) => eventIds === undefined || all === undefined, {
    error: 'expected either eventIds or all: true',
  });
export type EventSelection = z.infer<typeof eventSelection>;

/** From here on the count of unseen events says “at least”: a bell needs no more. */
export const maximumUnseenCount = 1000;

export const unseenActivity = z
  .object({
    count: z.number().int().min(0).max(maximumUnseenCount).describe('Unseen events of the inbox, counted up to 1000'),
  })
  .meta({ id: 'UnseenActivity' });
export type UnseenActivity = z.infer<typeof unseenActivity>;
