import type { ModelMetadata } from '@/lib/domain/models/schema';

type Format = ModelMetadata['format'];

/** File systems take 255 bytes; the rest is room for a browser's “ (1)” and the ending. */
const maximumStemLength = 120;

/** Control characters, marks that turn the writing direction around, and halves of characters. */
const unprintable = /[\p{Cc}\p{Cs}\p{Bidi_Control}\u2028\u2029]/gu;
const knownEnding = /\.(onnx|pt|pth|bin|zip)$/i;

/**
 * The name a model's file is kept under: the last part of what the sender called it, in one line, with the ending of what the
 * file really is.
 */
export function modelFileName(given: string, format: Format): string {
  return `${shortened(stemOf(given), maximumStemLength)}.${format}`;
}

/** A name for a model that got none: its file's, without the ending. */
export function modelNameOf(fileName: string): string {
  return shortened(stemOf(fileName), 100);
}

/** Cut between characters, not within one. */
function shortened(stem: string, maximumLength: number): string {
  return (
    stem
      .slice(0, maximumLength)
      .replace(/\p{Cs}$/u, '')
      .trim() || 'model'
  );
}

function stemOf(given: string): string {
  const lastPart = given.split(/[/\\]/).at(-1) ?? '';
  return lastPart.replace(unprintable, '').trim().replace(knownEnding, '').replace(/^\.+/, '').trim();
}
