/** Moments from `from` on and before `before`, to the millisecond; a bound left out is none. */
export type MomentRange = { readonly from?: Date; readonly before?: Date };

const dayMilliseconds = 86_400_000;

/** The moment after this one, in the precision of the database. */
export function justAfter(moment: Date): Date {
  return new Date(moment.getTime() + 1);
}

/** What lies in both ranges. */
export function intersection(a: MomentRange, b: MomentRange): MomentRange {
  return { from: pick(a.from, b.from, Math.max), before: pick(a.before, b.before, Math.min) };
}

/**
 * A range as the whole days (UTC) in it, and what is left of it at its ends. Days can be counted much faster than moments.
 */
export function splitIntoDays(range: MomentRange): { days: MomentRange | null; ends: MomentRange[] } {
  const { from, before } = range;
  if (from !== undefined && before !== undefined && from >= before) return { days: null, ends: [] };
  const days = { from: from && startOfDay(from, Math.ceil), before: before && startOfDay(before, Math.floor) };
  if (days.from !== undefined && days.before !== undefined && days.from > days.before) {
    return { days: null, ends: [range] };
  }
  const ends = [
    { from, before: days.from },
    { from: days.before, before },
  ];
  return { days, ends: ends.filter((end) => end.from && end.before && end.from < end.before) };
}

function startOfDay(moment: Date, round: (days: number) => number): Date {
  return new Date(round(moment.getTime() / dayMilliseconds) * dayMilliseconds);
}

function pick(a: Date | undefined, b: Date | undefined, choose: (...times: number[]) => number): Date | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return new Date(choose(a.getTime(), b.getTime()));
}
