import { pythonString } from '@/lib/core/source-literals';
import type { Operation } from '@/lib/http/operation';
import { type SnippetInput, type SnippetRequest, snippetRequest } from '@/lib/http/snippets/snippet-request';

/** A call as a Python program that uses `requests`. */
export function pythonSnippet(operation: Operation, input: SnippetInput): string {
  const request = snippetRequest(operation, input);
  const call = [
    `response = requests.${request.method.toLowerCase()}(`,
    `    ${pythonString(request.url)},`,
    ...headerLines(request),
    ...bodyLines(request),
    ')',
    'response.raise_for_status()',
  ];
  return ['import requests', '', ...withFile(request, call), ...replyLines(request), ''].join('\n');
}

function headerLines({ headers, body }: SnippetRequest): string[] {
  // requests writes the content type of JSON itself.
  const written = headers.filter(([name]) => body.kind !== 'json' || name !== 'Content-Type');
  if (written.length === 0) return [];
  return [`    headers=${dictionary(written)},`];
}

function bodyLines({ body }: SnippetRequest): string[] {
  switch (body.kind) {
    case 'none':
      return [];
    case 'json':
      return [`    json=${pythonValue(body.value)},`];
    case 'bytes':
      return ['    data=file,'];
    case 'form':
      return formLines(body);
  }
}

function formLines({ fields, file }: Extract<SnippetRequest['body'], { kind: 'form' }>): string[] {
  if (file !== null) {
    const data = fields.length > 0 ? [`    data=${dictionary(fields)},`] : [];
    return [...data, `    files={${pythonString(file.name)}: file},`];
  }
  // A part without a file name is a plain field: so requests writes a multipart form that has no file.
  const parts = fields.map(([name, value]) => `${pythonString(name)}: (None, ${pythonString(value)})`);
  return [`    files={${parts.join(', ')}},`];
}

/** Opens the file around the call, so that it is closed again. */
function withFile({ body }: SnippetRequest, lines: readonly string[]): string[] {
  const path = body.kind === 'form' ? body.file?.path : body.kind === 'bytes' ? body.path : undefined;
  if (path === undefined) return [...lines];
  const call = lines.slice(0, -1).map((line) => `    ${line}`);
  return [`with open(${pythonString(path)}, 'rb') as file:`, ...call, ...lines.slice(-1)];
}

function replyLines({ reply }: SnippetRequest): string[] {
  switch (reply) {
    case 'json':
      return ['print(response.json())'];
    case 'file':
      return ["with open('download', 'wb') as download:", '    download.write(response.content)'];
    case 'nothing':
      return ['print(response.status_code)'];
  }
}

function dictionary(entries: readonly (readonly [string, string])[]): string {
  return `{${entries.map(([name, value]) => `${pythonString(name)}: ${pythonString(value)}`).join(', ')}}`;
}

function pythonValue(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return `[${value.map(pythonValue).join(', ')}]`;
  if (typeof value === 'object') {
    const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
    return `{${entries.map(([name, entry]) => `${pythonString(name)}: ${pythonValue(entry)}`).join(', ')}}`;
  }
  return pythonString(String(value));
}
