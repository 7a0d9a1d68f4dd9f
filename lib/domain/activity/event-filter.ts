import { justAfter, type MomentRange } from '@/lib/domain/activity/moment-range';
import type { ActivityFilter } from '@/lib/domain/activity/schema';

const dayMilliseconds = 86_400_000;

/** No event lies outside, and the database's calendar ends before the one that people may write. */
const earliest = Date.UTC(1970, 0, 1);
const latest = Date.UTC(9000, 0, 1);

/** The filter with its dates as a range of moments. */
export type EventFilter = Pick<ActivityFilter, 'box' | 'search' | 'resourceType'> & { readonly range: MomentRange };

/** Reads the dates of a filter: a date means the whole day, in UTC; a moment is part of what it ends. */
export function eventFilter({ startDate, endDate, box, search, resourceType }: ActivityFilter): EventFilter {
  const range = {
    from: startDate === undefined ? undefined : within(new Date(startDate)),
    before: endDate === undefined ? undefined : within(endOf(endDate)),
  };
  return { box, search, resourceType, range };
}

function endOf(endDate: string): Date {
  const moment = new Date(endDate);
  const isDate = !endDate.includes('T');
  return isDate ? new Date(moment.getTime() + dayMilliseconds) : justAfter(moment);
}

function within(moment: Date): Date {
  return new Date(Math.min(Math.max(moment.getTime(), earliest), latest));
}
