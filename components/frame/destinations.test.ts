import { describe, expect, it } from 'vitest';
import { destinationByLetter, destinationsFor, isWithin } from '@/components/frame/destinations';

describe('destinationsFor', () => {
  it('leads visitors without an account only to what works without one', () => {
    expect(destinationsFor(null).map(({ href }) => href)).toEqual(['/test', '/api/docs']);
  });

  it('shows the server’s letters to administrators only', () => {
    const hrefs = (isAdmin: boolean) => destinationsFor({ isAdmin }).map(({ href }) => href);
    expect(hrefs(true)).toContain('/admin/mails');
    expect(hrefs(false)).not.toContain('/admin/mails');
    expect(hrefs(false)).toContain('/projects');
  });

  it('gives every page a letter of its own', () => {
    const letters = destinationsFor({ isAdmin: true }).map(({ letter }) => letter);
    expect(new Set(letters).size).toBe(letters.length);
  });
});

describe('destinationByLetter', () => {
  it('finds a page this visitor can open, whatever the case', () => {
    expect(destinationByLetter('P', destinationsFor({ isAdmin: false }))?.href).toBe('/projects');
    expect(destinationByLetter('p', destinationsFor(null))).toBeNull();
    expect(destinationByLetter('ö', destinationsFor({ isAdmin: true }))).toBeNull();
  });
});

describe('isWithin', () => {
  it('knows a page by its path and what lies below, not by a common beginning', () => {
    const [test] = destinationsFor(null);
    if (test === undefined) throw new Error('no destination');
    expect(isWithin('/test', test)).toBe(true);
    expect(isWithin('/test/deeper', test)).toBe(true);
    expect(isWithin('/testing', test)).toBe(false);
  });
});
