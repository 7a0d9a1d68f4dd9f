import { describe, expect, it, vi } from 'vitest';
import { DomainError } from '@/lib/core/errors';
import { Fault } from '@/lib/core/fault';

class Narrower extends DomainError {}

describe('DomainError and Fault', () => {
  it('are known to copies of their classes, as Next’s bundles hold them', async () => {
    vi.resetModules();
    const { DomainError: OtherDomainError } = await import('@/lib/core/errors');
    const { Fault: OtherFault } = await import('@/lib/core/fault');
    expect(OtherDomainError).not.toBe(DomainError);
    expect(new OtherDomainError('NOT_FOUND', 'gone')).toBeInstanceOf(DomainError);
    const fault = new OtherFault({ code: 'image-empty', found: 'Nothing.', remedy: 'Send more.' });
    expect(fault).toBeInstanceOf(Fault);
    expect(fault).not.toBeInstanceOf(DomainError);
  });

  it('are not taken for their subclasses, nor others for them', () => {
    expect(new Narrower('CONFLICT', 'narrow')).toBeInstanceOf(DomainError);
    expect(new DomainError('CONFLICT', 'wide')).not.toBeInstanceOf(Narrower);
    for (const value of [new Error('plain'), null, undefined, 'text', {}]) {
      expect(value instanceof DomainError).toBe(false);
      expect(value instanceof Fault).toBe(false);
    }
  });
});
