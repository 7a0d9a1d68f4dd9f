import { describe, expect, it } from 'vitest';
import { parseByteRange } from '@/lib/http/byte-range';

describe('a Range header on a file of 100 bytes', () => {
  it.each([
    ['bytes=0-', 0, 99],
    ['bytes=0-0', 0, 0],
    ['bytes=10-19', 10, 19],
    ['bytes=90-500', 90, 99],
    ['bytes=-5', 95, 99],
    ['bytes=-500', 0, 99],
    ['BYTES= 5-6 ', 5, 6],
  ])('%s asks for bytes %i to %i', (header, start, end) => {
    expect(parseByteRange(header, 100)).toEqual({ kind: 'part', start, end });
  });

  it.each([null, '', 'bytes=', 'bytes=-', 'bytes=5-4', 'bytes=a-b', 'lines=0-5', 'bytes=0-5,10-15', 'bytes=0-5-9'])(
    '%j asks for the whole file',
    (header) => {
      expect(parseByteRange(header, 100)).toEqual({ kind: 'whole' });
    },
  );

  it.each(['bytes=100-', 'bytes=100-200', 'bytes=-0', 'bytes=999999999999999-'])('%s cannot be answered', (header) => {
    expect(parseByteRange(header, 100)).toEqual({ kind: 'unsatisfiable' });
  });

  it('cannot be answered for an empty file', () => {
    expect(parseByteRange('bytes=0-', 0)).toEqual({ kind: 'unsatisfiable' });
    expect(parseByteRange('bytes=-5', 0)).toEqual({ kind: 'unsatisfiable' });
  });
});
