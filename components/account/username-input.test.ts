import { expect, it } from 'vitest';
import { asUsername } from '@/components/account/username-input';

it.each([
  ['Ada Lovelace', 'ada-lovelace'],
  ['ada.lovelace', 'ada-lovelace'],
  ['  ada', 'ada'],
  // A hyphen at the end may be on its way to another word: it stays until then.
  ['ada ', 'ada-'],
  ['ada--', 'ada--'],
])('brings %j nearer to the rules as %j', (typed, username) => {
  expect(asUsername(typed)).toBe(username);
});
