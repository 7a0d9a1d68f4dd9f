import type { ReferenceOperation, SchemaNode } from '@/components/reference/openapi-document';

/** What a person filled in to try an operation. */
export type TryDraft = {
  /** Parameters by their place and name, as `query.limit`. Empty ones are left out. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The JSON body as text. */
  readonly json: string;
  /** Fields of a multipart body, as text; empty ones are left out. */
  readonly fields: Readonly<Record<string, string>>;
  /** Files of a multipart body by field, or of the whole body under the empty name. */
  readonly files: Readonly<Record<string, File>>;
};

export type TryBody = 'none' | 'json' | 'multipart' | 'bytes';

export type TryRequest = {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: BodyInit | null;
};

/** How a body is filled in: as fields and files where that is possible, else as JSON. */
export function tryBodyOf({ bodies }: ReferenceOperation): TryBody {
  const types = bodies.map(({ contentType }) => contentType);
  if (types.includes('multipart/form-data')) return 'multipart';
  if (types.includes('application/json')) return 'json';
  return types.length > 0 ? 'bytes' : 'none';
}

/** Whether a schema is a file's. */
export function isFile({ type, format }: SchemaNode): boolean {
  return type === 'string' && format === 'binary';
}

/** Why an operation cannot be sent as filled in, or null. */
export function faultOfDraft(operation: ReferenceOperation, draft: TryDraft): string | null {
  const missing = operation.parameters.find(
    ({ place, name, isRequired }) => isRequired && !draft.parameters[`${place}.${name}`],
  );
  if (missing) return `Fill in ${missing.name} first`;
  if (tryBodyOf(operation) === 'bytes' && !draft.files['']) return 'Choose a file first';
  if (tryBodyOf(operation) !== 'json') return null;
  try {
    JSON.parse(draft.json);
    return null;
  } catch {
    return 'The body is not JSON yet';
  }
}

/** The request that a draft describes. */
export function tryRequest(operation: ReferenceOperation, draft: TryDraft): TryRequest {
  const given = (place: string): Record<string, string> =>
    Object.fromEntries(
      operation.parameters.flatMap((parameter) => {
        const value = draft.parameters[`${place}.${parameter.name}`];
        return parameter.place === place && value ? [[parameter.name, value]] : [];
      }),
    );
  const inPath = given('path');
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(inPath[name] ?? ''));
  const { body, contentType } = tryBody(operation, draft);
  const headers = { ...given('header'), ...(contentType === null ? {} : { 'Content-Type': contentType }) };
  return { path, query: given('query'), headers, body };
}

function tryBody(
  operation: ReferenceOperation,
  draft: TryDraft,
): { body: BodyInit | null; contentType: string | null } {
  switch (tryBodyOf(operation)) {
    case 'none':
      return { body: null, contentType: null };
    case 'json':
      return { body: draft.json, contentType: 'application/json' };
    case 'bytes':
      return { body: draft.files[''] ?? null, contentType: 'application/octet-stream' };
    case 'multipart': {
      const form = new FormData();
      for (const [name, value] of Object.entries(draft.fields)) if (value !== '') form.append(name, value);
      for (const [name, file] of Object.entries(draft.files)) form.append(name, file);
      // The browser writes the content type itself, with the boundary.
      return { body: form, contentType: null };
    }
  }
}
