import { z } from 'zod';
import { isReservedName } from '@/lib/core/reserved-names';
import { slugPattern } from '@/lib/core/slug';

export const plan = z.enum(['free', 'pro', 'enterprise']);

/** The name of a workspace in addresses. A person's is the user name; teams follow the same rules. */
export const workspaceSlug = z
  .string()
  .min(4, 'expected 4 to 32 characters')
  .max(32, 'expected 4 to 32 characters')
  .regex(slugPattern, 'expected lower-case letters, digits and single hyphens, none of them at the start or end')
  .refine((slug) => !isReservedName(slug), { error: 'this name is reserved, choose another' });

export const slugQuery = z.object({ username: z.string().trim().min(1).max(64).describe('As somebody types it') });

export const slugVerdict = z
  .object({
    available: z.boolean(),
    reason: z.string().nullable().describe('Why not: it breaks a rule, is reserved or taken'),
  })
  .meta({ id: 'UsernameVerdict' });
export type SlugVerdict = z.infer<typeof slugVerdict>;
