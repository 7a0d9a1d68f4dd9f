import { describe, expect, it } from 'vitest';
import { isAllowedHost, parseAllowedHosts } from '@/lib/platform/network/allowed-hosts';

describe('allowed hosts', () => {
  it.each([
    ['images.local', 'http://images.local/a.jpg', true],
    ['images.local', 'https://images.local:8443/a.jpg', true],
    ['Images.Local', 'http://IMAGES.local/', true],
    ['images.local:8080', 'http://images.local:8080/', true],
    ['images.local:8080', 'http://images.local/', false],
    ['images.local:80', 'http://images.local/', true],
    ['images.local:443', 'https://images.local/', true],
    ['images.local:443', 'http://images.local/', false],
    ['10.0.0.5:8080', 'http://10.0.0.5:8080/', true],
    ['[fd00::1]', 'http://[fd00:0::1]/', true],
    ['[fd00::1]:81', 'http://[fd00::1]:81/', true],
    ['images.local', 'http://evil-images.local/', false],
    ['images.local', 'http://images.local.evil.com/', false],
    ['images.local', 'http://images.local./', false],
  ])('entry %s, address %s: %s', (entry, address, expected) => {
    expect(isAllowedHost(new URL(address), parseAllowedHosts('SOURCE_ALLOWED_HOSTS', [entry]))).toBe(expected);
  });

  it.each(['http://images.local', 'images.local/path', 'fd00::1', 'a b', ':80', 'host:', ''])(
    'names the entry that is no host: %j',
    (entry) => {
      expect(() => parseAllowedHosts('SOURCE_ALLOWED_HOSTS', ['fine.local', entry])).toThrow(JSON.stringify(entry));
    },
  );
});
