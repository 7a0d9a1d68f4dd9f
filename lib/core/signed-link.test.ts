import { describe, expect, it } from 'vitest';
import { signLink, verifyLink } from '@/lib/core/signed-link';

const secret = 'a secret of the tests only';
const path = '/files/file_abc';
const expiresAt = new Date('2030-01-01T00:00:00Z');
const before = new Date('2029-12-31T23:59:59Z');
const query = (): URLSearchParams =>
  new URLSearchParams(signLink({ path, expiresAt, fileName: 'bêst "1".onnx' }, secret));

describe('signed links', () => {
  it('open until they expire, and carry the file name', () => {
    expect(verifyLink(path, query(), secret, before)).toEqual({ state: 'ok', fileName: 'bêst "1".onnx' });
    expect(verifyLink(path, query(), secret, expiresAt)).toEqual({ state: 'expired' });
  });

  it('open one path only', () => {
    expect(verifyLink('/files/file_abd', query(), secret, before)).toEqual({ state: 'forged' });
  });

  it('are worth nothing under another secret', () => {
    expect(verifyLink(path, query(), 'another secret, as long', before)).toEqual({ state: 'forged' });
  });

  it.each([
    ['a later expiry', (changed: URLSearchParams) => changed.set('expires', '1999999999')],
    ['another file name', (changed: URLSearchParams) => changed.set('name', 'evil.html')],
    ['no signature', (changed: URLSearchParams) => changed.delete('signature')],
    ['an empty signature', (changed: URLSearchParams) => changed.set('signature', '')],
    [
      'a shortened signature',
      (changed: URLSearchParams) => changed.set('signature', `${changed.get('signature')}`.slice(0, -2)),
    ],
    ['a second expiry', (changed: URLSearchParams) => changed.append('expires', '1999999999')],
    ['a second name', (changed: URLSearchParams) => changed.append('name', 'evil.html')],
    ['an expiry that is no number', (changed: URLSearchParams) => changed.set('expires', 'NaN')],
    ['an expiry in another notation', (changed: URLSearchParams) => changed.set('expires', '1.893456e9')],
  ])('with %s are forged', (_, change) => {
    const changed = query();
    change(changed);
    expect(verifyLink(path, changed, secret, before)).toEqual({ state: 'forged' });
  });

  it('cannot move characters between the path and the name', () => {
    const moved = new URLSearchParams(signLink({ path: '/files/a', expiresAt, fileName: 'bc' }, secret));
    moved.set('name', 'c');
    expect(verifyLink('/files/ab', moved, secret, before)).toEqual({ state: 'forged' });
  });

  it('are never made with a guessable secret', () => {
    expect(() => signLink({ path, expiresAt, fileName: 'a' }, 'short')).toThrow('16 characters');
  });
});
