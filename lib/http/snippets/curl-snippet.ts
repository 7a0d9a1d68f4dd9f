import type { Operation } from '@/lib/http/operation';
import { type SnippetInput, type SnippetRequest, snippetRequest } from '@/lib/http/snippets/snippet-request';

/** A call as a curl command for a POSIX shell, whatever the values hold. */
export function curlSnippet(operation: Operation, input: SnippetInput): string {
  const request = snippetRequest(operation, input);
  const parts = [
    `curl${methodFlag(request)} ${word(request.url)}`,
    ...request.headers.map(([name, value]) => `-H ${word(`${name}: ${value}`)}`),
    ...bodyFlags(request),
    // A download may be sent on to where the file lies.
    ...(request.reply === 'file' ? ['-L -o download'] : []),
  ];
  return parts.join(' \\\n  ');
}

function methodFlag({ method, body }: SnippetRequest): string {
  if (method === 'GET' && body.kind === 'none') return '';
  return method === 'HEAD' ? ' --head' : ` -X ${method}`;
}

function bodyFlags({ body }: SnippetRequest): string[] {
  switch (body.kind) {
    case 'none':
      return [];
    case 'json':
      return [`-d ${word(JSON.stringify(body.value))}`];
    case 'bytes':
      return [`--data-binary ${word(`@${body.path}`)}`];
    case 'form':
      return [
        // Unlike -F, this takes a leading @ or < for what it is.
        ...body.fields.map(([name, value]) => `--form-string ${word(`${name}=${value}`)}`),
        ...(body.file === null ? [] : [`-F ${word(`${body.file.name}=@${formPath(body.file.path)}`)}`]),
      ];
  }
}

/** curl reads on behind a comma or semicolon unless the path is quoted for it. */
function formPath(path: string): string {
  return /[",;\\]/.test(path) ? `"${path.replace(/["\\]/g, '\\$&')}"` : path;
}

/** In double quotes where nothing in it could be expanded, as people write it; else in single ones. */
function word(text: string): string {
  return /["$`\\!\n]/.test(text) ? `'${text.replaceAll("'", `'\\''`)}'` : `"${text}"`;
}
