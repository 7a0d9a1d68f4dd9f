import { Pool } from 'pg';
import { describe, expect, it } from 'vitest';
import { isServiceAway } from '@/lib/http/is-service-away';
import { toDomainError } from '@/lib/http/to-domain-error';

const withCode = (code: string) => Object.assign(new Error('x'), { code });

describe('isServiceAway', () => {
  it('knows what the driver throws where no database listens, however it was wrapped', async () => {
    // Port 1 is reserved and nobody's.
    const pool = new Pool({ connectionString: 'postgres://nobody@127.0.0.1:1/nothing' });
    const thrown: unknown = await pool.query('select 1').catch((error: unknown) => error);
    await pool.end();
    expect(isServiceAway(thrown)).toBe(true);
    expect(isServiceAway(new Error('Failed query', { cause: thrown }))).toBe(true);
  });

  it.each(['57P01', '57P03', '08006', '53300', 'ECONNRESET'])('takes %s for a service that is away', (code) => {
    expect(isServiceAway(withCode(code))).toBe(true);
  });

  it.each(['23505', '42601', '57014', 'ENOENT'])('takes %s for a fault of another kind', (code) => {
    expect(isServiceAway(withCode(code))).toBe(false);
  });

  it('ends where causes go round', () => {
    const first = new Error('first');
    const second = new Error('second', { cause: first });
    first.cause = second;
    expect(isServiceAway(first)).toBe(false);
    expect(isServiceAway('terminated')).toBe(false);
  });
});

describe('toDomainError', () => {
  it('asks to try again soon, in words of its own, while the database is away', () => {
    const refusal = toDomainError(
      Object.assign(new Error('connect ECONNREFUSED 10.1.2.3:5432'), { code: 'ECONNREFUSED' }),
    );
    expect(refusal).toMatchObject({ code: 'UNAVAILABLE', retryAfterSeconds: 5 });
    expect(refusal.message).not.toContain('10.1.2.3');
  });
});
