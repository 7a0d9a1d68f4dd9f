import { z } from 'zod';

/** A schema of several fields as the object it is. Throws for anything else: parameters and forms have names. */
export function objectSchema(schema: z.ZodType, operationId: string): z.ZodObject {
  if (schema instanceof z.ZodObject) return schema;
  throw new Error(`${operationId} takes parameters or form fields that are not an object schema.`);
}
