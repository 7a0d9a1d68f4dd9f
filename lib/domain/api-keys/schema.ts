import { z } from 'zod';
import { type Scope, scopes } from '@/lib/core/scopes';
import { displayName } from '@/lib/domain/projects/schema';

const scope = z.enum(scopes as readonly [Scope, ...Scope[]]);

const apiKeyKind = z.enum(['ul', 'ylk']).describe('ul: the platform and HUB surfaces. ylk: labelling jobs');

export const apiKey = z
  .object({
    id: z.string().describe('key_…'),
    name: z.string(),
    kind: apiKeyKind,
    prefix: z.string().describe('The first 11 characters of the key'),
    scopes: z.array(scope).describe('What it may do; none: everything'),
    createdAt: z.iso.datetime(),
    lastUsedAt: z.iso.datetime().nullable().describe('To the minute'),
    expiresAt: z.iso.datetime().nullable(),
    expired: z.boolean(),
  })
  .meta({ id: 'ApiKey' });
export type ApiKey = z.infer<typeof apiKey>;

export const apiKeyId = z
  .string()
  .regex(/^key_[a-z0-9]{1,40}$/)
  .describe('key_…');

export const createApiKeyInput = z.object({
  name: displayName,
  scopes: z.array(scope).max(scopes.length).default([]).describe('What it may do; none: everything'),
  expiresAt: z.iso.datetime({ offset: true }).nullable().default(null).describe('When it stops working; null: never'),
  kind: apiKeyKind.default('ul'),
});
export type CreateApiKeyInput = z.infer<typeof createApiKeyInput>;

export const createdApiKey = apiKey
  .extend({ key: z.string().describe('The key itself. Shown this once: it is kept only as a hash') })
  .meta({ id: 'CreatedApiKey' });
export type CreatedApiKey = z.infer<typeof createdApiKey>;
