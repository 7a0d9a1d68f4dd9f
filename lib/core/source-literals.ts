/** One word for a POSIX shell, whatever the text holds: left alone when harmless, else in single quotes. */
export function shellWord(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** A string literal that Python reads back as the text. */
export function pythonString(text: string): string {
  return quoted(text, (code) =>
    code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`,
  );
}

/** A string literal that JavaScript reads back as the text. */
export function scriptString(text: string): string {
  return quoted(text, (code) => `\\u{${code.toString(16)}}`);
}

/** In single quotes, with everything escaped that could end the literal, break the line or hide from the reader's eye. */
function quoted(text: string, escapeCode: (code: number) => string): string {
  const body = [...text]
    .map((character) => {
      if (character === '\\' || character === "'") return `\\${character}`;
      return /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(character)
        ? escapeCode(character.codePointAt(0) ?? 0)
        : character;
    })
    .join('');
  return `'${body}'`;
}
