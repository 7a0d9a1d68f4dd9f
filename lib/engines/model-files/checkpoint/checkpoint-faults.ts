import { Fault } from '@/lib/core/fault';

/** How much of a name out of a foreign file a sentence quotes. */
const quotedCharacters = 120;

const copyAgain = 'Download or copy the file again; if it stays so, save the checkpoint again.';

/** Text out of a foreign file as a sentence may show it: one line, no control or direction characters, not endless. */
export function quoted(text: string): string {
  const clean = text.toWellFormed().replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, '�');
  return clean.length > quotedCharacters ? `${clean.slice(0, quotedCharacters)}…` : clean;
}

/** `what` ends the sentence “A PyTorch checkpoint (.pt) was expected, and this is …”. */
export function notACheckpoint(what: string, remedy = 'Choose the .pt file as training wrote it.'): Fault {
  return new Fault({
    code: 'model-not-checkpoint',
    found: `A PyTorch checkpoint (.pt) was expected, and this is ${what}.`,
    remedy,
  });
}

/** A checkpoint of a kind that nobody can rebuild here. Both are whole sentences. */
export function unsupportedCheckpoint(found: string, remedy: string): Fault {
  return new Fault({ code: 'model-unsupported', found, remedy });
}

/** `detail` follows “The checkpoint is damaged: ”. */
export function damagedCheckpoint(detail: string): Fault {
  return new Fault({
    code: 'model-damaged',
    found: `The checkpoint is damaged: ${detail}.`,
    remedy: copyAgain,
  });
}

/** `detail` follows “The checkpoint is cut off: ”. */
export function truncatedCheckpoint(detail: string): Fault {
  return new Fault({ code: 'model-truncated', found: `The checkpoint is cut off: ${detail}.`, remedy: copyAgain });
}

/** For numbers that no real checkpoint comes near. `detail` is a clause. */
export function oversizedCheckpoint(detail: string): Fault {
  return new Fault({
    code: 'model-too-large',
    found: `The checkpoint goes beyond what this program reads: ${detail}.`,
    remedy: 'Do not trust this file. If training wrote it, save it again with only its model inside.',
  });
}
