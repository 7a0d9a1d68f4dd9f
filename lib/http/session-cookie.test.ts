import { encode } from 'next-auth/jwt';
import { describe, expect, it } from 'vitest';
import { deriveSecret } from '@/lib/core/derive-secret';
import { parseCookies, readSessionId, sessionCookie } from '@/lib/http/session-cookie';

const secret = 'a secret that is only good for tests, 0123456789';
const http = 'http://localhost:3000';
const https = 'https://vision.example.com';

const token = (sid: unknown, { of = secret, maxAge = 60 } = {}) =>
  encode({ token: { sid: sid as string }, secret: deriveSecret(of, 'session'), maxAge });
const read = (cookie: string, origin: string) =>
  readSessionId({ secret }, { headers: new Headers({ cookie }) }, origin);

describe('sessionCookie', () => {
  it('insists on https and on this host alone over https, and is out of reach of scripts everywhere', () => {
    expect(sessionCookie(https)).toEqual({
      name: '__Host-sightline.session',
      options: { httpOnly: true, sameSite: 'lax', path: '/', secure: true },
    });
    expect(sessionCookie(http)).toEqual({
      name: 'sightline.session',
      options: { httpOnly: true, sameSite: 'lax', path: '/', secure: false },
    });
  });
});

describe('readSessionId', () => {
  it('reads the id out of its own origin’s cookie', async () => {
    const sealed = await token('session_abc');
    expect(await read(`a=b; sightline.session=${sealed}; c=d`, http)).toBe('session_abc');
    expect(await read(`__Host-sightline.session=${sealed}`, https)).toBe('session_abc');
  });

  it('takes no cookie over https that another host or plain http could have set', async () => {
    expect(await read(`sightline.session=${await token('session_abc')}`, https)).toBeNull();
  });

  it('takes none that is missing, empty, changed, expired, of another secret or without an id', async () => {
    const sealed = await token('session_abc');
    for (const cookie of [
      '',
      'sightline.session=',
      'sightline.session=session_abc',
      `sightline.session=${sealed.slice(0, -4)}AAAA`,
      `sightline.session.0=${sealed}`,
      `sightline.session=${await token('session_abc', { of: 'another server’s secret' })}`,
      `sightline.session=${await token('session_abc', { maxAge: -60 })}`,
      `sightline.session=${await token(['session_abc'])}`,
    ]) {
      expect(await read(cookie, http), cookie).toBeNull();
    }
  });

  it('never takes a key or token of the Authorization header for a session', async () => {
    const headers = new Headers({
      authorization: `Bearer ${await token('session_abc')}`,
      cookie: 'sightline.session=',
    });
    expect(await readSessionId({ secret }, { headers }, http)).toBeNull();
  });
});

describe('parseCookies', () => {
  it('lets the first of one name count, keeps = in values, and decodes what can be decoded', () => {
    expect([...parseCookies('a=1=2; b="x"; a=3;c; =d; e=1%7C2; f=5%')]).toEqual([
      ['a', '1=2'],
      ['b', '"x"'],
      ['', 'd'],
      ['e', '1|2'],
      ['f', '5%'],
    ]);
  });
});
