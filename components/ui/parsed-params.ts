import type { z } from 'zod';

/**
 * Search parameters of an address as a schema reads them. People edit addresses and old links live on, so what does not fit is
 * left out instead of refused: the rest of the view still works.
 */
export function parsedParams<S extends z.ZodType>(schema: S, values: Readonly<Record<string, string>>): z.output<S> {
  const whole = schema.safeParse(values);
  if (whole.success) return whole.data;
  const faulty = new Set(whole.error.issues.map(({ path }) => String(path[0])));
  return schema.parse(Object.fromEntries(Object.entries(values).filter(([name]) => !faulty.has(name))));
}
