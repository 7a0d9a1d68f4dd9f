import { describe, expect, it } from 'vitest';
import { ApiError } from '@/lib/client/api-error';
import { callApi } from '@/lib/client/call-api';
import { apiQuery } from '@/lib/client/query-keys';
import {
  countUnseenActivityOperation,
  listActivityOperation,
  markActivitySeenOperation,
} from '@/lib/http/operations/activity';
import { getProjectOperation } from '@/lib/http/operations/projects';

/** Answers with `reply` and remembers what was asked. */
function recordedFetch(reply: () => Response) {
  const calls: { url: string; init: RequestInit }[] = [];
  const fetch = async (url: string | URL | Request, init: RequestInit = {}) => {
    calls.push({ url: String(url), init });
    return reply();
  };
  return { calls, fetch };
}

const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...headers } });

describe('callApi', () => {
  it('puts parameters and query into the address, escaped', async () => {
    const { calls, fetch } = recordedFetch(() => json({ success: true, data: {} }));
    await callApi(getProjectOperation, { params: { projectId: 'a/../b?c' }, fetch });
    expect(calls[0].url).toBe('/api/projects/a%2F..%2Fb%3Fc');
    await callApi(listActivityOperation, { query: { search: 'a&b', page: 2, startDate: undefined }, fetch });
    expect(calls[1].url).toBe('/api/activity?search=a%26b&page=2');
  });

  it('gives the items of a page with its place in the whole', async () => {
    const { fetch } = recordedFetch(() => json({ success: true, data: [], meta: { page: 1, limit: 20, total: 7 } }));
    const { items, meta } = await callApi(listActivityOperation, { fetch });
    expect(items).toEqual([]);
    expect(meta.total).toBe(7);
  });

  it('sends a JSON body and gives the data without its envelope', async () => {
    const { calls, fetch } = recordedFetch(() => json({ success: true, data: { count: 3 } }));
    expect(await callApi(markActivitySeenOperation, { body: { all: true }, fetch })).toEqual({ count: 3 });
    expect(calls[0].init).toMatchObject({ method: 'POST', body: '{"all":true}', credentials: 'same-origin' });
  });

  it('throws the server’s refusal with its code, faults and request id', async () => {
    const details = [{ path: 'eventIds', message: 'expected at least one' }];
    const error = { code: 'VALIDATION_ERROR', message: 'Invalid request data', details };
    const { fetch } = recordedFetch(() => json({ success: false, error }, 400, { 'X-Request-Id': 'req_1' }));
    const refusal = await callApi(countUnseenActivityOperation, { fetch }).catch((thrown) => thrown);
    expect(refusal).toBeInstanceOf(ApiError);
    expect(refusal).toMatchObject({ code: 'VALIDATION_ERROR', status: 400, requestId: 'req_1', issues: details });
  });

  it('names a code even when a proxy in front answered with a page', async () => {
    const page = () => new Response('<html>', { status: 503, headers: { 'Retry-After': '5' } });
    const refusal = await callApi(countUnseenActivityOperation, recordedFetch(page)).catch((thrown) => thrown);
    expect(refusal).toMatchObject({ code: 'UNAVAILABLE', status: 503, retryAfterSeconds: 5 });
  });

  it('tells that no reply came', async () => {
    const fetch = () => Promise.reject(new TypeError('fetch failed'));
    await expect(callApi(countUnseenActivityOperation, { fetch })).rejects.toMatchObject({
      code: 'UNREACHABLE',
      status: 0,
    });
  });

  it('lets a caller who gave up see their own reason', async () => {
    const reason = new DOMException('Left the page', 'AbortError');
    const fetch = () => Promise.reject(reason);
    await expect(callApi(countUnseenActivityOperation, { fetch })).rejects.toBe(reason);
  });
});

describe('apiQuery', () => {
  it('keeps reads with different inputs apart and reads of one tag together', () => {
    const first = apiQuery(listActivityOperation, { query: { page: 1 } });
    const second = apiQuery(listActivityOperation, { query: { page: 2 } });
    expect(first.queryKey).not.toEqual(second.queryKey);
    expect(first.queryKey[0]).toBe('Activity');
  });
});
