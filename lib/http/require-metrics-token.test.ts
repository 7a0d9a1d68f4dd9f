import { describe, expect, it } from 'vitest';
import { requireMetricsToken } from '@/lib/http/require-metrics-token';

const token = 'a-token-of-sixteen-or-more';

function requestWith(authorization?: string): Request {
  return new Request('http://localhost/api/metrics', { headers: authorization === undefined ? {} : { authorization } });
}

describe('the metrics', () => {
  it('open with the token', () => {
    expect(() => requireMetricsToken(requestWith(`Bearer ${token}`), token)).not.toThrow();
    expect(() => requireMetricsToken(requestWith(`bearer  ${token}`), token)).not.toThrow();
  });

  it.each([undefined, '', 'Bearer', `Basic ${token}`, `Bearer ${token}x`, `Bearer ${token.slice(1)}`, token])(
    'stay shut for %j',
    (authorization) => {
      expect(() => requireMetricsToken(requestWith(authorization), token)).toThrow(
        expect.objectContaining({ code: 'UNAUTHORIZED' }),
      );
    },
  );

  it('are not there when the server has no token', () => {
    for (const authorization of [undefined, 'Bearer ', 'Bearer undefined']) {
      expect(() => requireMetricsToken(requestWith(authorization), undefined)).toThrow(
        expect.objectContaining({ code: 'NOT_FOUND' }),
      );
    }
  });
});
