import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { environmentNames, parseEnvironment } from '@/lib/core/env';

afterEach(() => vi.unstubAllEnvs());

describe('env', () => {
  it('is parsed when the program starts, and says what is wrong', async () => {
    vi.stubEnv('PORT', '99999');
    vi.resetModules();
    await expect(import('@/lib/core/env')).rejects.toThrow(/The environment cannot be used:\n {2}PORT: .*65535/);
  });
});

describe('parseEnvironment', () => {
  it('defaults to production', () => {
    expect(parseEnvironment({}).NODE_ENV).toBe('production');
  });

  it('names the variable, what was expected and what was found', () => {
    expect(() => parseEnvironment({ NODE_ENV: 'prod' })).toThrow(/NODE_ENV: .*"development".*\(found "prod"\)/);
  });

  it('takes an empty value for none', () => {
    expect(parseEnvironment({ DATABASE_URL: '', PORT: '' })).toMatchObject({ PORT: 3000 });
  });

  it('lists every fault at once and never the value of a secret', () => {
    const parse = () =>
      parseEnvironment({ PORT: '99999', SIGHTLINE_SECRET: 'short', DATABASE_URL: 'mysql://u:hunter2@h/d' });
    expect(parse).toThrow(/PORT[\s\S]*(DATABASE_URL|SIGHTLINE_SECRET)[\s\S]*(DATABASE_URL|SIGHTLINE_SECRET)/);
    expect(parse).not.toThrow(/hunter2|short\)/);
  });

  it('refuses two addresses of one server', () => {
    const parse = (url: string) => () =>
      parseEnvironment({ SIGHTLINE_URL: 'https://a.example.com', NEXTAUTH_URL: url });
    expect(parse('https://b.example.com')).toThrow(/NEXTAUTH_URL: expected the origin of SIGHTLINE_URL/);
    expect(parse('https://a.example.com/api/auth')).not.toThrow();
  });

  it('knows the variables of .env.example and no others', () => {
    const listed = readFileSync('.env.example', 'utf8').match(/^[A-Z0-9_]+(?==)/gm);
    expect(listed?.sort()).toEqual([...environmentNames].sort());
  });
});
