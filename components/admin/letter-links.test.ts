import { describe, expect, it } from 'vitest';
import { letterParts } from '@/components/admin/letter-links';

describe('letterParts', () => {
  it('cuts a letter at its addresses and loses nothing', () => {
    const text =
      'Set it here:\nhttps://vision.example/reset-password?token=a-b_c.\n\nOr ask (http://localhost:3000/help).\n';
    const parts = letterParts(text);
    expect(parts.filter(({ kind }) => kind === 'link').map((part) => part.text)).toEqual([
      'https://vision.example/reset-password?token=a-b_c',
      'http://localhost:3000/help',
    ]);
    expect(parts.map((part) => part.text).join('')).toBe(text);
  });

  it('takes nothing else for an address', () => {
    expect(letterParts('javascript:alert(1) and ftp://host')).toEqual([
      { kind: 'text', text: 'javascript:alert(1) and ftp://host' },
    ]);
    expect(letterParts('')).toEqual([]);
  });
});
