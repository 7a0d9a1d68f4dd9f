import { describe, expect, it } from 'vitest';
import { requireSameOrigin } from '@/lib/http/same-origin';

const configured = 'https://vision.example.com';

function ask(method: string, headers: Record<string, string>): void {
  requireSameOrigin(new Request('http://localhost:3000/api/projects', { method, headers }), configured);
}

describe('requireSameOrigin', () => {
  it.each(['GET', 'HEAD', 'OPTIONS'])('lets %s pass, which changes nothing', (method) => {
    expect(() => ask(method, { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' })).not.toThrow();
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE'])('refuses %s from another site', (method) => {
    const requests: Record<string, string>[] = [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site', origin: 'https://other.example.com' },
      { 'sec-fetch-site': 'none' },
      { origin: 'https://evil.example' },
      { origin: 'https://vision.example.com.evil.example', host: 'vision.example.com' },
      { origin: 'null', host: 'localhost:3000' },
      { origin: 'file://', host: '' },
      { host: 'localhost:3000' },
      {},
    ];
    for (const headers of requests) {
      expect(() => ask(method, headers), JSON.stringify(headers)).toThrow(
        expect.objectContaining({ code: 'FORBIDDEN' }),
      );
    }
  });

  it('does not let an Origin that fits outweigh what Sec-Fetch-Site says', () => {
    expect(() => ask('POST', { 'sec-fetch-site': 'cross-site', origin: configured })).toThrow();
  });

  it('lets our own pages pass: by Sec-Fetch-Site, the configured address, or the host that was asked for', () => {
    const requests: Record<string, string>[] = [
      { 'sec-fetch-site': 'same-origin', origin: configured },
      { origin: configured, host: 'inner:3000' },
      { origin: 'http://192.168.1.5:3000', host: '192.168.1.5:3000' },
      { origin: 'https://tls-ends-in-front.example', host: 'tls-ends-in-front.example' },
    ];
    for (const headers of requests) {
      expect(() => ask('POST', headers), JSON.stringify(headers)).not.toThrow();
    }
  });

  it('tells ports of one host apart', () => {
    expect(() => ask('POST', { origin: 'http://localhost:4000', host: 'localhost:3000' })).toThrow();
  });
});
