const minute = 60;
const hour = 3600;
const day = 86_400;

const units: readonly {
  readonly word: string;
  readonly plural: string;
  readonly seconds: number;
  readonly below: number;
}[] = [
  { word: 'min', plural: 'min', seconds: minute, below: hour },
  { word: 'h', plural: 'h', seconds: hour, below: day },
  { word: 'day', plural: 'days', seconds: day, below: 30 * day },
  { word: 'month', plural: 'months', seconds: 30.44 * day, below: 365 * day },
  { word: 'year', plural: 'years', seconds: 365.25 * day, below: Number.POSITIVE_INFINITY },
];

const exact = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });
const dateOnly = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' });

/** How long ago a moment was, or how far ahead it lies: “just now”, “3 min ago”, “in 2 days”. */
export function describeAge(at: Date, now: Date): string {
  const seconds = (at.getTime() - now.getTime()) / 1000;
  const distance = Math.abs(seconds);
  if (distance < 45) return 'just now';
  const scale = units.find(({ below }) => distance < below);
  if (!scale) return describeDay(at);
  const count = Math.max(1, Math.round(distance / scale.seconds));
  const length = `${count} ${count === 1 ? scale.word : scale.plural}`;
  return seconds < 0 ? `${length} ago` : `in ${length}`;
}

/** The moment itself, in the reader's time zone: “3 Nov 2026, 14:02:11”. */
export function describeMoment(at: Date): string {
  return exact.format(at);
}

/** The day alone: “3 Nov 2026”. */
export function describeDay(at: Date): string {
  return dateOnly.format(at);
}
