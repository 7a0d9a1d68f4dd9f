import type { PlannedRequest } from '@/components/models/api/request-draft';
import { curlSnippet } from '@/lib/http/snippets/curl-snippet';
import { javascriptSnippet } from '@/lib/http/snippets/javascript-snippet';
import { pythonSnippet } from '@/lib/http/snippets/python-snippet';

/** The languages code is shown in. */
export const snippetLanguages = [
  { id: 'curl', label: 'cURL', write: curlSnippet },
  { id: 'python', label: 'Python', write: pythonSnippet },
  { id: 'javascript', label: 'JavaScript', write: javascriptSnippet },
] as const;

export type SnippetLanguage = (typeof snippetLanguages)[number]['id'];

/** As long as the part of a key that is shown in lists. */
const prefixLength = 11;

type SnippetKey = {
  /** The beginning of a key, or null for words in its place. */
  readonly prefix: string | null;
  /** The key itself, when the person pasted it. */
  readonly whole: string | null;
};

/** A request as a program in one of the languages, with the caller's key as far as it is known. */
export function requestSnippet(
  language: SnippetLanguage,
  { operation, params, fields, file }: PlannedRequest,
  origin: string,
  { prefix, whole }: SnippetKey,
): string {
  const { write } = snippetLanguages.find(({ id }) => id === language) ?? snippetLanguages[0];
  const shownPrefix = whole?.slice(0, prefixLength) ?? prefix ?? undefined;
  const code = write(operation, {
    origin,
    params,
    body: fields,
    file: file === null ? undefined : (file.file?.name ?? 'image.jpg'),
    keyPrefix: shownPrefix,
  });
  return whole === null ? code : code.replaceAll(`${shownPrefix}...`, whole);
}
