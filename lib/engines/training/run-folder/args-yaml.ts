/** What args.yaml can say of an argument. */
export type ArgumentValue = string | number | boolean | null | readonly number[];

/** A file of `name: value` lines that YAML readers and people understand; texts are quoted wherever YAML could misread them. */
export function argsYaml(entries: Iterable<readonly [string, ArgumentValue]>): string {
  return Array.from(entries, ([name, value]) => `${name}: ${scalar(value)}\n`).join('');
}

/** Text that no reader of YAML takes for anything else: letters, digits and a few signs, beginning with a letter or a path's sign. */
const plainText = /^[A-Za-z_./][\w./@+ -]*$/;

/** Words that YAML 1.1 takes for truth values or nothing. */
const takenWords = /^(true|false|yes|no|on|off|y|n|null|none|\.|\.\.|\.inf|\.nan)$/i;

function scalar(value: ArgumentValue): string {
  if (value === null) return 'null';
  if (typeof value === 'object') return `[${value.join(', ')}]`;
  if (typeof value !== 'string') return String(value);
  const isPlain = plainText.test(value) && !takenWords.test(value) && !value.endsWith(' ') && !/ #|: /.test(value);
  return isPlain ? value : JSON.stringify(value);
}
