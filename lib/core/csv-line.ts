/**
 * One line of a CSV file (RFC 4180, CRLF). What a spreadsheet would run as a formula (beginning with =, +, -, @, tab or a
 * line break, also behind spaces) gets an apostrophe in front: names come from anybody who may write here.
 */
export function csvLine(fields: readonly string[]): string {
  return `${fields.map((field) => quoted(inert(field))).join(',')}\r\n`;
}

function inert(text: string): string {
  return /^\s*[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text;
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
