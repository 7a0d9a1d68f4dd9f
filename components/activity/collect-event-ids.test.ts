import { describe, expect, it } from 'vitest';
import { collectEventIds } from '@/components/activity/collect-event-ids';
import { listActivityQuery } from '@/lib/domain/activity/schema';

function serverWith(total: number) {
  const asked: URL[] = [];
  const fetch = async (input: string | URL | Request) => {
    const url = new URL(String(input), 'http://localhost');
    asked.push(url);
    const page = Number(url.searchParams.get('page'));
    const limit = Number(url.searchParams.get('limit'));
    const first = (page - 1) * limit;
    const data = Array.from({ length: Math.max(0, Math.min(limit, total - first)) }, (_, index) => ({
      id: `event_${first + index}`,
    }));
    return Response.json({ success: true, data, meta: { page, limit, total } });
  };
  return { asked, fetch };
}

const query = listActivityQuery.parse({ search: 'traffic', page: '3' });

describe('collecting the events of a filter', () => {
  it('goes through every page of it, whichever is open', async () => {
    const { asked, fetch } = serverWith(250);
    const ids = await collectEventIds(query, fetch);
    expect(ids).toHaveLength(250);
    expect(new Set(ids).size).toBe(250);
    expect(asked.map((url) => url.searchParams.get('page'))).toEqual(['1', '2', '3']);
    expect(asked.every((url) => url.searchParams.get('search') === 'traffic')).toBe(true);
  });

  it('ends at a page that is exactly full', async () => {
    const { asked, fetch } = serverWith(100);
    expect(await collectEventIds(query, fetch)).toHaveLength(100);
    expect(asked).toHaveLength(1);
  });

  it('gives up at once where one call could not move them all', async () => {
    const { asked, fetch } = serverWith(1001);
    expect(await collectEventIds(query, fetch)).toBeNull();
    expect(asked).toHaveLength(1);
  });
});
