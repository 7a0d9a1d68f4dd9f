import { z } from 'zod';
import type { ZodOpenApiRequestBodyObject } from 'zod-openapi';
import { objectSchema } from '@/lib/http/openapi/object-schema';
import type { BodySpec, Operation } from '@/lib/http/operation';

type MultipartSpec = Extract<BodySpec, { kind: 'multipart' }>;

/** What the operation takes as its body, for the document; nothing when it takes none. */
export function requestBody(operation: Operation): { requestBody?: ZodOpenApiRequestBodyObject } {
  const { body, example, id } = operation;
  switch (body.kind) {
    case 'none':
      return {};
    case 'json':
      return {
        requestBody: { required: true, content: { 'application/json': { schema: body.schema, ...given(example) } } },
      };
    case 'bytes':
      return {
        requestBody: {
          required: true,
          description: `${body.description}. ${atMost(body.maximumBytes)}`,
          content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
        },
      };
    case 'multipart':
      return { requestBody: multipartBody(body, example, id) };
  }
}

function multipartBody(body: MultipartSpec, example: unknown, id: string): ZodOpenApiRequestBodyObject {
  const fields = objectSchema(body.fields, id);
  const withoutFile = { schema: body.fields };
  return {
    required: true,
    content: {
      'multipart/form-data': { schema: z.object({ ...fields.shape, ...fileParts(body) }), ...given(example) },
      ...(body.jsonToo && { 'application/json': withoutFile, 'application/x-www-form-urlencoded': withoutFile }),
    },
  };
}

function fileParts({ fileFields, fileRequired, fileDescription, maximumFileBytes }: MultipartSpec) {
  const part = z.string().meta({
    description: `${fileDescription}. ${atMost(maximumFileBytes)}`,
    override: { type: 'string', format: 'binary' },
  });
  // Where several names will do, none of them is the one that is needed.
  const isNeeded = fileRequired && fileFields.length === 1;
  return Object.fromEntries(fileFields.map((name) => [name, isNeeded ? part : part.optional()]));
}

function atMost(bytes: number): string {
  return `At most ${bytes.toLocaleString('en')} bytes.`;
}

function given(example: unknown) {
  return example === undefined ? {} : { example };
}
