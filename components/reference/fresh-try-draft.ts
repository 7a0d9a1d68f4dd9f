import type { OpenApiDocument, ReferenceOperation } from '@/components/reference/openapi-document';
import { exampleOf } from '@/components/reference/schema-words';
import type { TryDraft } from '@/components/reference/try-request';

/** A draft to start from: the operation's own example as its body, nothing filled in besides. */
export function freshTryDraft(document: OpenApiDocument, { bodies }: ReferenceOperation): TryDraft {
  const json = bodies.find(({ contentType }) => contentType === 'application/json');
  const value = json ? (json.example ?? exampleOf(document, json.schema)) : {};
  return { parameters: {}, json: JSON.stringify(value, null, 2), fields: {}, files: {} };
}
