import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { errorComponents, errorResponses } from '@/lib/http/openapi/error-responses';
import { objectSchema } from '@/lib/http/openapi/object-schema';
import { optionalAsParsed } from '@/lib/http/openapi/optional-as-parsed';
import { requestBody } from '@/lib/http/openapi/request-body';
import { successResponse } from '@/lib/http/openapi/success-response';
import type { Operation } from '@/lib/http/operation';

/** How callers prove who they are; the names are used in `securityOf`. */
const securitySchemes = {
  bearer: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'ul_ and 40 hexadecimal digits',
    description: 'An API key of Settings → API keys.',
  },
  apiKey: {
    type: 'apiKey',
    in: 'header',
    name: 'x-api-key',
    description: 'The same key, as the HUB’s scripts send it.',
  },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: 'sightline.session',
    description: 'The signed-in browser (over https the cookie is called __Host-sightline.session).',
  },
  metricsToken: { type: 'http', scheme: 'bearer', description: 'The server’s METRICS_TOKEN.' },
} as const;

const description = `Everything Sightline does can be done over this API, with a key or from the signed-in browser.

Replies are \`{"success": true, "data": …}\`, lists have \`meta\` with \`page\`, \`limit\` and \`total\` beside the data, and refusals are
\`{"success": false, "error": {"code", "message", "details"}}\`. The prediction endpoints answer in the shapes their callers know.
Every reply carries \`X-Request-Id\`; replies that count towards a limit carry \`X-RateLimit-Limit\`, \`X-RateLimit-Remaining\` and
\`X-RateLimit-Reset\` (unix seconds).`;

/** The OpenAPI 3.1 document of these operations, for a server that is reached at `origin`. */
export function buildOpenApi(operations: readonly Operation[], origin: string) {
  return createDocument(
    {
      openapi: '3.1.1',
      info: {
        title: 'Sightline API',
        version: '1.0.0',
        description,
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: origin }],
      tags: [...new Set(operations.map(({ tag }) => tag))].sort().map((name) => ({ name })),
      components: { securitySchemes, ...errorComponents },
      paths: pathsOf(operations),
    },
    { override: optionalAsParsed },
  );
}

function pathsOf(operations: readonly Operation[]): ZodOpenApiPathsObject {
  const paths: ZodOpenApiPathsObject = {};
  for (const operation of operations) {
    paths[operation.path] = { ...paths[operation.path], [operation.method.toLowerCase()]: operationObject(operation) };
  }
  return paths;
}

function operationObject(operation: Operation): ZodOpenApiOperationObject {
  const { id, tag, summary, scope, limit, params, query, headers } = operation;
  return {
    operationId: id,
    tags: [tag],
    summary,
    description: descriptionOf(operation),
    security: securityOf(operation),
    requestParams: {
      ...(params !== undefined && { path: params }),
      ...(query !== undefined && { query: objectSchema(query, id) }),
      ...(headers !== undefined && { header: headers }),
    },
    ...requestBody(operation),
    responses: { ...successResponse(operation), ...errorResponses(operation) },
    'x-limit': limit,
    ...(scope !== undefined && { 'x-scope': scope }),
  };
}

function descriptionOf({ description: text, access, scope }: Operation): string {
  const parts = [text, accessWords[access], scope === undefined ? undefined : `A key with scopes needs \`${scope}\`.`];
  return parts.filter((part) => part !== undefined).join('\n\n');
}

const accessWords: Readonly<Record<Operation['access'], string | undefined>> = {
  caller: undefined,
  session: 'Only for the signed-in browser: API keys are refused.',
  optional: 'May be called without a key.',
  public: 'May be called without a key.',
  admin: 'Only for a signed-in administrator of this server.',
};

function securityOf({ access, id }: Operation): Record<string, string[]>[] {
  if (id === 'getMetrics') return [{ metricsToken: [] }];
  switch (access) {
    case 'caller':
      return [{ bearer: [] }, { apiKey: [] }, { session: [] }];
    case 'optional':
      return [{ bearer: [] }, { apiKey: [] }, { session: [] }, {}];
    case 'session':
    case 'admin':
      return [{ session: [] }];
    case 'public':
      return [];
  }
}
