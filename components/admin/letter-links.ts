/** Part of a letter: words, or an address to follow or pass on. */
export type LetterPart = { readonly kind: 'text' | 'link'; readonly text: string };

const address = /https?:\/\/[^\s<>"]+/g;

/** A letter cut at its addresses, in order. A full stop or bracket behind an address is not part of it. */
export function letterParts(text: string): readonly LetterPart[] {
  const parts: LetterPart[] = [];
  let end = 0;
  for (const match of text.matchAll(address)) {
    const link = match[0].replace(/[.,;:!?)\]]+$/, '');
    if (match.index > end) parts.push({ kind: 'text', text: text.slice(end, match.index) });
    parts.push({ kind: 'link', text: link });
    end = match.index + link.length;
  }
  if (end < text.length) parts.push({ kind: 'text', text: text.slice(end) });
  return parts;
}
