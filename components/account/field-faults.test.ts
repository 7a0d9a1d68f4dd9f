import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { faultsBeforeSending, faultsByField, fieldWords } from '@/components/account/field-faults';
import { ApiError } from '@/lib/client/api-error';

function refusal(issues: { path: string; message: string }[]): ApiError {
  return new ApiError({ code: 'VALIDATION_ERROR', message: 'Invalid request data', status: 400, issues });
}

describe('faultsByField', () => {
  it('puts every fault at its field, the first one where there are several', () => {
    const error = refusal([
      { path: 'password', message: 'is among the commonest' },
      { path: 'password', message: 'expected at least 8 characters' },
      { path: 'scopes.3', message: 'expected a scope' },
    ]);
    expect(faultsByField(error, ['password', 'scopes'])).toEqual({
      fields: { password: 'This is among the commonest', scopes: 'Expected a scope' },
      rest: null,
    });
  });

  it('keeps a fault that belongs to no field', () => {
    const error = refusal([{ path: 'other', message: 'expected nothing' }]);
    expect(faultsByField(error, ['password'])).toEqual({ fields: {}, rest: error });
  });

  it('keeps what is no refusal of the input', () => {
    const busy = new ApiError({ code: 'UNAVAILABLE', message: 'Busy', status: 503 });
    expect(faultsByField(busy, ['password']).rest).toBe(busy);
    const broken = new Error('broken');
    expect(faultsByField(broken, ['password']).rest).toBe(broken);
  });
});

describe('faultsBeforeSending', () => {
  const schema = z.object({ email: z.email('expected an e-mail address'), name: z.string().min(1, 'expected a name') });

  it('finds what the schema refuses, by field', () => {
    expect(faultsBeforeSending(schema, { email: 'ada', name: '' })?.fields).toEqual({
      email: 'Expected an e-mail address',
      name: 'Expected a name',
    });
  });

  it('finds nothing in what fits', () => {
    expect(faultsBeforeSending(schema, { email: 'ada@example.com', name: 'Ada' })).toBeNull();
  });
});

describe('fieldWords', () => {
  it('makes a sentence of what the server says about a field', () => {
    expect(fieldWords('may not be the user name')).toBe('This may not be the user name');
    expect(fieldWords('expected 4 to 32 characters')).toBe('Expected 4 to 32 characters');
    expect(fieldWords('This user name is taken.')).toBe('This user name is taken.');
  });
});
