import { maximumUnseenCount } from '@/lib/domain/activity/schema';

/** A count of unseen events as it is read out: beyond what the server counts it is “1000 or more”. */
export function unseenWords(count: number): string {
  return count >= maximumUnseenCount ? `${maximumUnseenCount} or more` : String(count);
}
