/** When a new key shall stop working. */
export type Expiry = 'never' | '7-days' | '30-days' | '90-days' | '1-year' | 'date';

export const expiryOptions: readonly { readonly value: Expiry; readonly label: string }[] = [
  { value: 'never', label: 'Never' },
  { value: '7-days', label: 'In 7 days' },
  { value: '30-days', label: 'In 30 days' },
  { value: '90-days', label: 'In 90 days' },
  { value: '1-year', label: 'In a year' },
  { value: 'date', label: 'On a date…' },
];

const days = { '7-days': 7, '30-days': 30, '90-days': 90, '1-year': 365 } as const;
const dayMilliseconds = 86_400_000;

/**
 * The moment a choice means; null for never. A date means the end of that day where the reader is. Undefined: no day was given,
 * or it is over.
 */
export function expiryMoment(choice: Expiry, date: string, now: Date): Date | null | undefined {
  if (choice === 'never') return null;
  if (choice !== 'date') return new Date(now.getTime() + days[choice] * dayMilliseconds);
  const endOfDay = new Date(`${date}T23:59:59`);
  return Number.isNaN(endOfDay.getTime()) || endOfDay <= now ? undefined : endOfDay;
}

/** Tomorrow as date fields write it, where the reader is: the first day that makes sense. */
export function tomorrow(now: Date): string {
  const next = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${next.getFullYear()}-${two(next.getMonth() + 1)}-${two(next.getDate())}`;
}
