import type { ApiKeyRow } from '@/lib/domain/api-keys/repository';
import { type ApiKey, apiKey } from '@/lib/domain/api-keys/schema';

/** A key as its owners see it: never its hash. */
export function presentApiKey(row: ApiKeyRow, now: Date): ApiKey {
  const { id, name, kind, prefix, createdAt, lastUsedAt, expiresAt } = row;
  return {
    id,
    name,
    kind,
    prefix,
    scopes: apiKey.shape.scopes.parse(row.scopes),
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    expiresAt: expiresAt?.toISOString() ?? null,
    expired: expiresAt !== null && expiresAt <= now,
  };
}
