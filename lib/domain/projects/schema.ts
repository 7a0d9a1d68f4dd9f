import { z } from 'zod';
import { pageQuery } from '@/lib/core/page';

export const visibility = z.enum(['private', 'public']);

/** A name people read: no control characters, nothing but spaces is no name. */
export const displayName = z
  .string()
  .trim()
  .min(1, 'expected a name')
  .max(100)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'expected no control characters');

/** Several lines of text. The database keeps neither NUL nor halves of characters. */
export const description = z
  .string()
  .trim()
  .max(2000)
  .regex(/^[^\0\p{Cs}]*$/u, 'expected no NUL characters and no halves of surrogate pairs');

export const project = z
  .object({
    id: z.string().describe('project_…'),
    name: z.string(),
    slug: z.string(),
    description: z.string(),
    visibility,
    owner: z.string().describe('Slug of the workspace: the user name'),
    modelCount: z.number().int(),
    sizeBytes: z.number().int().describe('Bytes of all files of its models'),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'Project' });
export type Project = z.infer<typeof project>;

export const projectId = z
  .string()
  .regex(/^[\w-]{1,64}$/, 'expected the id of a project')
  .describe('project_…');

export const listProjectsQuery = pageQuery.extend({
  search: z.string().trim().max(200).optional().describe('Part of the name'),
  visibility: visibility.optional(),
  sort: z.enum(['newest', 'oldest', 'name', 'updated']).default('newest'),
});
export type ListProjectsQuery = z.infer<typeof listProjectsQuery>;

export const createProjectInput = z.object({
  name: displayName,
  description: description.default(''),
  visibility: visibility.default('private'),
});
export type CreateProjectInput = z.infer<typeof createProjectInput>;

export const updateProjectInput = z
  .object({ name: displayName, description, visibility })
  .partial()
  .refine((changes) => Object.keys(changes).length > 0, {
    error: 'expected at least one of name, description, visibility',
  });
export type UpdateProjectInput = z.infer<typeof updateProjectInput>;
