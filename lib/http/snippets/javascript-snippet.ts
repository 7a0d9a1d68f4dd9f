import { scriptString } from '@/lib/core/source-literals';
import type { Operation } from '@/lib/http/operation';
import { type SnippetInput, type SnippetRequest, snippetRequest } from '@/lib/http/snippets/snippet-request';

/** A call as a JavaScript module for Node 20 or later, with nothing to install. */
export function javascriptSnippet(operation: Operation, input: SnippetInput): string {
  const request = snippetRequest(operation, input);
  return [
    ...importLines(request),
    ...formLines(request),
    `const response = await fetch(${scriptString(request.url)}, {`,
    `  method: ${scriptString(request.method)},`,
    ...headerLines(request),
    ...bodyLine(request),
    '});',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the template belongs to the written program
    'if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);',
    ...replyLines(request),
    '',
  ].join('\n');
}

function importLines({ body, reply }: SnippetRequest): string[] {
  const lines = [
    ...((body.kind === 'form' && body.file !== null) || body.kind === 'bytes'
      ? ["import { openAsBlob } from 'node:fs';"]
      : []),
    ...(reply === 'file' ? ["import { writeFile } from 'node:fs/promises';"] : []),
  ];
  return lines.length > 0 ? [...lines, ''] : [];
}

function formLines({ body }: SnippetRequest): string[] {
  if (body.kind !== 'form') return [];
  const { fields, file } = body;
  return [
    'const form = new FormData();',
    ...fields.map(([name, value]) => `form.append(${scriptString(name)}, ${scriptString(value)});`),
    ...(file === null
      ? []
      : [
          `form.append(${scriptString(file.name)}, await openAsBlob(${scriptString(file.path)}), ${scriptString(baseName(file.path))});`,
        ]),
    '',
  ];
}

function headerLines({ headers }: SnippetRequest): string[] {
  if (headers.length === 0) return [];
  const entries = headers.map(([name, value]) => `${propertyName(name)}: ${scriptString(value)}`);
  return [`  headers: { ${entries.join(', ')} },`];
}

function bodyLine({ body }: SnippetRequest): string[] {
  switch (body.kind) {
    case 'none':
      return [];
    case 'json':
      return [`  body: JSON.stringify(${scriptValue(body.value)}),`];
    case 'bytes':
      return [`  body: await openAsBlob(${scriptString(body.path)}),`];
    case 'form':
      return ['  body: form,'];
  }
}

function replyLines({ reply }: SnippetRequest): string[] {
  switch (reply) {
    case 'json':
      return ['console.log(await response.json());'];
    case 'file':
      return ["await writeFile('download', Buffer.from(await response.arrayBuffer()));"];
    case 'nothing':
      return ['console.log(response.status);'];
  }
}

function scriptValue(value: unknown): string {
  if (typeof value === 'string') return scriptString(value);
  if (Array.isArray(value)) return `[${value.map(scriptValue).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
    if (entries.length === 0) return '{}';
    return `{ ${entries.map(([name, entry]) => `${propertyName(name)}: ${scriptValue(entry)}`).join(', ')} }`;
  }
  return String(value ?? null);
}

/** `__proto__` in quotes would set the prototype instead of a property; in brackets it is a name as any other. */
function propertyName(name: string): string {
  if (name === '__proto__') return "['__proto__']";
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : scriptString(name);
}

function baseName(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? path;
}
