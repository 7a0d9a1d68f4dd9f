import { z } from 'zod';
import type { CreateDocumentOptions } from 'zod-openapi';

/**
 * A field of a request is required when the schema refuses to go without it, and only then. Zod takes every preprocessed
 * field for required, because it cannot know what the preprocessing makes of nothing; asking the schema tells.
 */
export const optionalAsParsed: CreateDocumentOptions['override'] = ({ zodSchema, jsonSchema, io }) => {
  if (io !== 'input' || !(zodSchema instanceof z.ZodObject) || jsonSchema.required === undefined) return;
  const required = Object.entries(zodSchema.shape)
    .filter(([, field]) => !z.safeParse(field, undefined).success)
    .map(([name]) => name);
  if (required.length === 0) delete jsonSchema.required;
  else jsonSchema.required = required;
};
