import { clsx } from 'clsx';

type ClassValue = string | false | null | undefined;

/** Joins class names; false, null and undefined are left out. */
export function classNames(...values: readonly ClassValue[]): string {
  return clsx(values);
}
