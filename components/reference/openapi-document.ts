/** A JSON schema of the document: only what the reference shows of it. */
export type SchemaNode = {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly example?: unknown;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | SchemaNode;
  readonly items?: SchemaNode;
  readonly prefixItems?: readonly SchemaNode[];
  readonly anyOf?: readonly SchemaNode[];
  readonly oneOf?: readonly SchemaNode[];
  readonly allOf?: readonly SchemaNode[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
};

type MediaNode = {
  readonly schema?: SchemaNode;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value?: unknown }>>;
};

type ParameterNode = {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly schema?: SchemaNode;
};

type ReplyNode = {
  readonly description?: string;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly content?: Readonly<Record<string, MediaNode>>;
};

type OperationNode = {
  readonly operationId?: string;
  readonly tags?: readonly string[];
  readonly summary?: string;
  readonly description?: string;
  readonly security?: readonly Readonly<Record<string, unknown>>[];
  readonly parameters?: readonly ParameterNode[];
  readonly requestBody?: {
    readonly required?: boolean;
    readonly description?: string;
    readonly content?: Readonly<Record<string, MediaNode>>;
  };
  readonly responses?: Readonly<Record<string, ReplyNode>>;
};

/** An OpenAPI 3.1 document as this server writes it. */
export type OpenApiDocument = {
  readonly info: { readonly title: string; readonly version: string; readonly description?: string };
  readonly servers?: readonly { readonly url: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, OperationNode>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, SchemaNode>> };
};

type ReferenceParameter = {
  readonly name: string;
  readonly place: 'path' | 'query' | 'header';
  readonly isRequired: boolean;
  readonly description: string;
  readonly schema: SchemaNode;
};

type ReferenceBody = { readonly contentType: string; readonly schema: SchemaNode; readonly example: unknown };

export type ReferenceReply = {
  readonly status: string;
  readonly description: string;
  readonly headers: readonly string[];
  readonly contentType: string | null;
  readonly schema: SchemaNode | null;
};

/** One operation as the reference shows it. */
export type ReferenceOperation = {
  readonly id: string;
  readonly tag: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  /** What callers may show: the names of security schemes; empty when nobody is asked. */
  readonly security: readonly string[];
  readonly parameters: readonly ReferenceParameter[];
  readonly bodies: readonly ReferenceBody[];
  readonly replies: readonly ReferenceReply[];
};

const methods = ['get', 'post', 'put', 'patch', 'delete', 'head'] as const;

/** The operations of a document in its own order. */
export function readOperations(document: OpenApiDocument): ReferenceOperation[] {
  return Object.entries(document.paths).flatMap(([path, nodes]) =>
    methods.flatMap((method) => {
      const node = nodes[method];
      return node === undefined ? [] : [readOperation(path, method, node)];
    }),
  );
}

/** The schema a reference points at, or the schema itself. Unknown references are empty: anything fits them. */
export function resolveSchema(document: OpenApiDocument, schema: SchemaNode): SchemaNode {
  const seen = new Set<string>();
  let node = schema;
  while (node.$ref !== undefined && !seen.has(node.$ref)) {
    seen.add(node.$ref);
    const target = document.components?.schemas?.[schemaName(node.$ref)] ?? {};
    node = node.description === undefined ? target : { ...target, description: node.description };
  }
  return node;
}

/** The name at the end of a reference. */
export function schemaName(reference: string): string {
  return reference.slice(reference.lastIndexOf('/') + 1);
}

function readOperation(path: string, method: string, node: OperationNode): ReferenceOperation {
  return {
    id: node.operationId ?? `${method} ${path}`,
    tag: node.tags?.[0] ?? 'Other',
    method: method.toUpperCase(),
    path,
    summary: node.summary ?? path,
    description: node.description ?? '',
    security: [...new Set((node.security ?? []).flatMap((scheme) => Object.keys(scheme)))],
    parameters: (node.parameters ?? []).flatMap(readParameter),
    bodies: Object.entries(node.requestBody?.content ?? {}).map(([contentType, media]) => ({
      contentType,
      schema: media.schema ?? {},
      example: media.example ?? Object.values(media.examples ?? {})[0]?.value ?? null,
    })),
    replies: Object.entries(node.responses ?? {}).map(([status, reply]) => readReply(status, reply)),
  };
}

function readParameter({ name, in: place, required, description, schema = {} }: ParameterNode): ReferenceParameter[] {
  if (place !== 'path' && place !== 'query' && place !== 'header') return [];
  const words = description ?? schema.description ?? '';
  return [{ name, place, isRequired: required === true, description: words, schema }];
}

function readReply(status: string, { description = '', headers = {}, content = {} }: ReplyNode): ReferenceReply {
  const [contentType = null] = Object.keys(content);
  const schema = contentType === null ? null : (content[contentType]?.schema ?? null);
  return { status, description, headers: Object.keys(headers), contentType, schema };
}
