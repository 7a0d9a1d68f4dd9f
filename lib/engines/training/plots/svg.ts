/** Attributes of an element; numbers are written with at most two digits behind the point, a hundredth of a pixel. */
export type SvgAttributes = Readonly<Record<string, string | number>>;

const escapes: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
]);

/** Everything that XML 1.0 does not admit even when it is escaped. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is to be taken out.
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** Text for an element or an attribute: names of classes come from anybody. */
export function escaped(text: string): string {
  return text.replace(forbidden, '').replace(/[&<>"]/g, (sign) => escapes.get(sign) ?? sign);
}

/** An element; `content` is markup. */
export function element(name: string, attributes: SvgAttributes, content = ''): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${attributeText(value)}"`);
  const open = `<${name}${written.join('')}`;
  return content === '' ? `${open}/>` : `${open}>${content}</${name}>`;
}

/** A line of text. */
export function label(text: string, x: number, y: number, attributes: SvgAttributes = {}): string {
  return element('text', { x, y, ...attributes }, escaped(text));
}

/** A drawing as a file of its own, on a white ground so that dark viewers show it as it is meant. */
export function svgDocument(width: number, height: number, title: string, content: string): string {
  return `${element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      'font-family': 'Geist, system-ui, sans-serif',
      'font-size': 12,
      fill: inkColour,
      role: 'img',
      'aria-label': title,
    },
    element('rect', { width, height, fill: '#ffffff' }) + content,
  )}\n`;
}

/** Of text, axes and grids. */
export const inkColour = '#1f2430';
export const paleColour = '#d9dce3';

function attributeText(value: string | number): string {
  return typeof value === 'number' ? shortNumber(value) : escaped(value);
}

/** A coordinate with at most two digits behind the point. */
export function shortNumber(value: number): string {
  return String(Math.round(value * 100) / 100);
}
