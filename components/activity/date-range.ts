const dayMilliseconds = 86_400_000;

/** Stretches of time a person asks for by a name. */
export const rangeNames = ['7', '30', '90', 'all'] as const;
export type RangeName = (typeof rangeNames)[number];

export const rangeLabels: Readonly<Record<RangeName, string>> = {
  '7': 'Last 7 days',
  '30': 'Last 30 days',
  '90': 'Last 90 days',
  all: 'Any time',
};

export type DateRange = {
  /** A name, or dates of the person's own. */
  readonly name: RangeName | 'custom';
  /** Days as YYYY-MM-DD; the end is included. */
  readonly startDate?: string;
  readonly endDate?: string;
};

/** What an address says of time: `from` and `to`, or a `range` by name; the last 30 days when it says nothing. */
export function rangeFromAddress(values: Readonly<Record<string, string>>, now: Date): DateRange {
  const startDate = dayOf(values.from);
  const endDate = dayOf(values.to);
  if (startDate !== undefined || endDate !== undefined) return { name: 'custom', startDate, endDate };
  const name = rangeNames.find((known) => known === values.range) ?? '30';
  if (name === 'all') return { name };
  return { name, startDate: dayText(new Date(now.getTime() - (Number(name) - 1) * dayMilliseconds)) };
}

/** The day of a moment, UTC, as the API counts days. */
function dayText(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}

/** A day that exists, or undefined. */
function dayOf(text: string | undefined): string | undefined {
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const moment = new Date(`${text}T00:00:00Z`);
  return Number.isNaN(moment.getTime()) || dayText(moment) !== text ? undefined : text;
}
