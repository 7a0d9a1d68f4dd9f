import { deriveSecret } from '@/lib/core/derive-secret';
import { DomainError } from '@/lib/core/errors';
import { signLink, verifyLink } from '@/lib/core/signed-link';
import type { Services } from '@/lib/domain/context';
import type { FileLinkQuery } from '@/lib/domain/models/schema';

type LinkedFile = { readonly modelId: string; readonly sha256: string; readonly fileName: string };

/** The address under which a file of a model can be read without a key until `expiresAt`. */
export function fileLink(
  { secret, origin }: Services,
  { modelId, sha256, fileName, expiresAt }: LinkedFile & { readonly expiresAt: Date },
): string {
  const path = signedPath(modelId, sha256);
  const signed = new URLSearchParams(signLink({ path, expiresAt, fileName }, linkSecret(secret)));
  // The name is the last part of the path already.
  signed.delete('name');
  return `${origin}/api/files/${sha256}/${encodeURIComponent(fileName)}?model=${modelId}&${signed}`;
}

/** Throws `FORBIDDEN` unless `fileLink` made the link for exactly this file and it still holds. */
export function requireValidLink(
  { secret, now }: Services,
  { sha256, fileName }: Omit<LinkedFile, 'modelId'>,
  { model, expires, signature }: FileLinkQuery,
): void {
  const query = new URLSearchParams({ expires, signature, name: fileName });
  const { state } = verifyLink(signedPath(model, sha256), query, linkSecret(secret), now());
  if (state === 'ok') return;
  throw new DomainError(
    'FORBIDDEN',
    state === 'expired'
      ? 'This link has expired. Ask GET /api/models/{modelId}/files for a new one.'
      : 'This link is not one that Sightline made. Ask GET /api/models/{modelId}/files for one.',
  );
}

function signedPath(modelId: string, sha256: string): string {
  return `/api/files/${sha256}?model=${modelId}`;
}

function linkSecret(secret: string): string {
  return deriveSecret(secret, 'links');
}
