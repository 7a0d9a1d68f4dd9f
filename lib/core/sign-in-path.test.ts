import { expect, it } from 'vitest';
import { signInPath } from '@/lib/core/sign-in-path';

it('leads back to where somebody was', () => {
  expect(signInPath('/settings/api-keys?page=2')).toBe('/sign-in?next=%2Fsettings%2Fapi-keys%3Fpage%3D2');
  expect(signInPath('/sign-ins/model')).toBe('/sign-in?next=%2Fsign-ins%2Fmodel');
});

it.each([
  null,
  '/',
  '/?a=1',
  '/sign-in?next=/home',
  '/sign-up',
  '/forgot-password',
  '/reset-password?token=secret',
  '//evil.example/',
  'https://evil.example/',
])('does not lead back to %j', (path) => {
  expect(signInPath(path)).toBe('/sign-in');
});
