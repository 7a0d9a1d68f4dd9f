import {
  type OpenApiDocument,
  resolveSchema,
  type SchemaNode,
  schemaName,
} from '@/components/reference/openapi-document';

/** As many choices as are listed before the rest is only counted. */
const mostChoices = 14;

/** The type of a schema in words: “integer or null”, “array of Model”, “string, date-time”. */
export function typeWords(document: OpenApiDocument, schema: SchemaNode): string {
  if (schema.$ref !== undefined) return schemaName(schema.$ref);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return unique(choices.map((choice) => typeWords(document, choice))).join(' or ');
  if (schema.allOf) return unique(schema.allOf.map((part) => typeWords(document, part))).join(' and ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  const types = schema.type === undefined ? [] : [schema.type].flat();
  if (types.includes('array')) {
    const inner = schema.items ? typeWords(document, schema.items) : 'anything';
    const others = types.filter((type) => type !== 'array');
    return [`array of ${schema.prefixItems ? tupleWords(document, schema.prefixItems) : inner}`, ...others].join(
      ' or ',
    );
  }
  const words = types.length === 0 ? 'anything' : types.join(' or ');
  return schema.format === undefined ? words : `${words}, ${schema.format === 'binary' ? 'file' : schema.format}`;
}

/** What a value must also be: its range, its choices, its default. */
export function constraintWords(schema: SchemaNode): string[] {
  const words: string[] = [];
  if (schema.enum) words.push(`one of ${listed(schema.enum)}`);
  const range = rangeWords(schema.minimum, schema.maximum);
  if (range) words.push(range);
  const length = rangeWords(schema.minLength, schema.maxLength);
  if (length) words.push(`${length} characters`);
  const count = rangeWords(schema.minItems, schema.maxItems);
  if (count) words.push(`${count} items`);
  if (schema.default !== undefined) words.push(`default ${JSON.stringify(schema.default)}`);
  return words;
}

export type SchemaField = {
  readonly name: string;
  readonly isRequired: boolean;
  readonly schema: SchemaNode;
  readonly description: string;
};

/** The named parts of a schema: of an object itself, of the items of an array, of the one object among choices. */
export function fieldsOf(document: OpenApiDocument, schema: SchemaNode): SchemaField[] {
  const node = resolveSchema(document, schema);
  if (node.properties) {
    return Object.entries(node.properties).map(([name, part]) => ({
      name,
      isRequired: node.required?.includes(name) === true,
      schema: part,
      description: part.description ?? resolveSchema(document, part).description ?? '',
    }));
  }
  if (node.items) return fieldsOf(document, node.items);
  const withFields = (node.anyOf ?? node.oneOf ?? node.allOf ?? [])
    .map((choice) => fieldsOf(document, choice))
    .filter((fields) => fields.length > 0);
  return withFields[0] ?? [];
}

/** A value that fits a schema, for people to start from: its own example, or the plainest one. */
export function exampleOf(document: OpenApiDocument, schema: SchemaNode, depth = 0): unknown {
  const node = resolveSchema(document, schema);
  if (node.example !== undefined) return node.example;
  if (node.const !== undefined) return node.const;
  if (node.default !== undefined) return node.default;
  if (node.enum) return node.enum[0];
  const choice = node.anyOf?.[0] ?? node.oneOf?.[0] ?? node.allOf?.[0];
  if (choice) return exampleOf(document, choice, depth);
  const type = [node.type].flat()[0];
  // Schemas may hold themselves.
  if (depth > 4) return null;
  if (node.properties || type === 'object') {
    const required = Object.entries(node.properties ?? {}).filter(([name]) => node.required?.includes(name));
    return Object.fromEntries(required.map(([name, part]) => [name, exampleOf(document, part, depth + 1)]));
  }
  if (type === 'array') return node.items ? [exampleOf(document, node.items, depth + 1)] : [];
  if (type === 'integer' || type === 'number') return node.minimum ?? 0;
  if (type === 'boolean') return false;
  return type === 'string' ? '' : null;
}

function tupleWords(document: OpenApiDocument, parts: readonly SchemaNode[]): string {
  return `${parts.length} (${parts.map((part) => typeWords(document, part)).join(', ')})`;
}

function rangeWords(minimum: number | undefined, maximum: number | undefined): string | null {
  // Schemas of whole numbers carry the limits of the language itself, which tell nobody anything.
  const least = minimum === undefined || minimum <= Number.MIN_SAFE_INTEGER ? null : minimum;
  const most = maximum === undefined || maximum >= Number.MAX_SAFE_INTEGER ? null : maximum;
  if (least !== null && most !== null) return `${least}–${most}`;
  if (least !== null) return `at least ${least}`;
  return most === null ? null : `at most ${most}`;
}

function listed(values: readonly unknown[]): string {
  const words = values
    .slice(0, mostChoices)
    .map((value) => (typeof value === 'string' ? value : JSON.stringify(value)));
  return values.length > mostChoices ? `${words.join(', ')} and ${values.length - mostChoices} more` : words.join(', ');
}

function unique(words: readonly string[]): string[] {
  return [...new Set(words)];
}
