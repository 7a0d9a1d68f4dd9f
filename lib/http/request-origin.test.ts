import { describe, expect, it } from 'vitest';
import { requestOrigin } from '@/lib/http/request-origin';

const alone = { TRUST_PROXY: false };
const behindProxy = { TRUST_PROXY: true };

describe('requestOrigin', () => {
  it.each([
    ['localhost:3000', 'http://localhost:3000'],
    ['192.168.1.5:8080', 'http://192.168.1.5:8080'],
    ['vision.example.com', 'http://vision.example.com'],
    ['[::1]:3000', 'http://[::1]:3000'],
  ])('follows the host %s that the browser asked for', (host, origin) => {
    expect(requestOrigin(new Headers({ host }), alone)).toBe(origin);
  });

  it('believes forwarded headers only where a proxy is trusted', () => {
    const headers = new Headers({
      host: 'inner:3000',
      'x-forwarded-host': 'vision.example.com',
      'x-forwarded-proto': 'https',
    });
    expect(requestOrigin(headers, alone)).toBe('http://inner:3000');
    expect(requestOrigin(headers, behindProxy)).toBe('https://vision.example.com');
  });

  it('takes the outermost of several proxies', () => {
    const headers = new Headers({
      host: 'inner',
      'x-forwarded-host': 'vision.example.com, middle',
      'x-forwarded-proto': 'HTTPS,http',
    });
    expect(requestOrigin(headers, behindProxy)).toBe('https://vision.example.com');
  });

  it('lets the configured address win, without its path', () => {
    const settings = { NEXTAUTH_URL: 'https://vision.example.com/api/auth', TRUST_PROXY: true };
    const headers = new Headers({ host: 'evil.example', 'x-forwarded-proto': 'http' });
    expect(requestOrigin(headers, settings)).toBe('https://vision.example.com');
  });

  it.each(['evil.example/path', 'a@b', 'a b', 'x:99999999', '', 'host:70000'])(
    'makes no address of the host %j',
    (host) => {
      expect(requestOrigin(new Headers({ host }), alone)).toBe('http://localhost');
    },
  );
});
