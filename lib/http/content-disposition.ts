/**
 * A Content-Disposition that saves a file under `fileName` (RFC 6266 and 5987): in plain ASCII for old programs, in UTF-8 for
 * all others. Nothing in a name can end the header or its quotes.
 */
export function contentDisposition(fileName: string): string {
  const plain = fileName.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  return `attachment; filename="${plain}"; filename*=UTF-8''${encodeExtended(fileName)}`;
}

/** RFC 5987 allows less than encodeURIComponent leaves as it is. */
function encodeExtended(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
