/** Text for a terminal on one line: names in it come from files, and what steers terminals is taken out of them. */
export function printable(text: string): string {
  return text.replace(/\s*\n\s*|\p{Cc}/gu, ' ');
}
