import { describe, expect, it } from 'vitest';
import { deriveSecret } from '@/lib/core/derive-secret';
import { seal, unseal } from '@/lib/core/seal';

const key = deriveSecret('a secret of the server, long enough', 'totp');

describe('seal', () => {
  it('gives the text back to whoever has the key', () => {
    expect(unseal(seal('JBSWY3DPEHPK3PXP – ü', key), key)).toBe('JBSWY3DPEHPK3PXP – ü');
    expect(unseal(seal('', key), key)).toBe('');
  });

  it('seals the same text differently each time and shows nothing of it', () => {
    const sealed = seal('JBSWY3DPEHPK3PXP', key);
    expect(sealed).not.toBe(seal('JBSWY3DPEHPK3PXP', key));
    expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('JBSWY3DPEHPK3PXP');
  });

  it('opens with no other purpose’s key', () => {
    const other = deriveSecret('a secret of the server, long enough', 'mail');
    expect(() => unseal(seal('text', key), other)).toThrow('cannot be opened');
  });

  it('notices every changed byte, and what is no seal at all', () => {
    const bytes = Buffer.from(seal('text', key), 'base64url');
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed[at] ^= 1;
      expect(() => unseal(changed.toString('base64url'), key)).toThrow('cannot be opened');
    }
    expect(() => unseal('', key)).toThrow('cannot be opened');
    expect(() => unseal('short', key)).toThrow('cannot be opened');
  });
});
