import type { z } from 'zod';
import { ApiError } from '@/lib/client/api-error';

/** What is wrong with a form: by field, and what belongs to none of them. */
export type FormFaults<Field extends string> = {
  readonly fields: Readonly<Partial<Record<Field, string>>>;
  /** Shown at the form's button; null when every fault has its field. */
  readonly rest: unknown;
};

export const noFaults = { fields: {}, rest: null } as const;

/** Sorts what a request failed with by the fields of its form. */
export function faultsByField<Field extends string>(error: unknown, fields: readonly Field[]): FormFaults<Field> {
  const found: Partial<Record<Field, string>> = {};
  if (!(error instanceof ApiError) || error.issues.length === 0) return { fields: found, rest: error };
  let isComplete = true;
  for (const { path, message } of error.issues) {
    const field = fields.find((name) => path === name || path.startsWith(`${name}.`));
    if (field === undefined) isComplete = false;
    else found[field] ??= fieldWords(message);
  }
  return { fields: found, rest: isComplete ? null : error };
}

/** What a schema finds wrong before anything is sent, by field; null when nothing is. */
export function faultsBeforeSending<Field extends string>(
  schema: z.ZodType,
  values: Readonly<Record<Field, unknown>>,
): FormFaults<Field> | null {
  const parsed = schema.safeParse(values);
  if (parsed.success) return null;
  const found: Partial<Record<Field, string>> = {};
  for (const { path, message } of parsed.error.issues) {
    const field = Object.keys(values).find((name): name is Field => name === String(path[0]));
    if (field !== undefined) found[field] ??= fieldWords(message);
  }
  return { fields: found, rest: null };
}

/** A fault as a sentence under its field: the server says “is among …” and “expected …” about what it names before. */
export function fieldWords(message: string): string {
  if (/^(is|may|must|has|does) /.test(message)) return `This ${message}`;
  return message.charAt(0).toUpperCase() + message.slice(1);
}
