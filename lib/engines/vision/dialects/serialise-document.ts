import type { JsonValue } from '@/lib/engines/vision/dialects/dialect';

/**
 * The bytes of a document as text: compact JSON and one line feed. The page, the command line and the server all write
 * documents with this function, so the same result gives the same file everywhere.
 */
export function serialiseDocument(value: JsonValue): string {
  return `${JSON.stringify(value)}\n`;
}
