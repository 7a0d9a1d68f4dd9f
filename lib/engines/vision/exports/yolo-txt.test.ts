import { describe, expect, it } from 'vitest';
import { Fault } from '@/lib/core/fault';
import { smallResults } from '@/lib/engines/vision/dialects/test-support/small-results';
import { formatGeneral } from '@/lib/engines/vision/exports/format-general';
import { yoloTxt } from '@/lib/engines/vision/exports/yolo-txt';

describe('YOLO text', () => {
  it('writes the box by centre and size', () => {
    expect(yoloTxt(smallResults.detect)).toBe('1 0.303125 0.3 0.10625 0.2\n0 0.25 0.5 0.5 1\n');
  });

  it('appends the confidence when asked', () => {
    expect(yoloTxt(smallResults.detect, { confidence: true })).toBe(
      '1 0.303125 0.3 0.10625 0.2 0.875\n0 0.25 0.5 0.5 1 0.5\n',
    );
  });

  it('writes the polygon of a mask in place of its box', () => {
    expect(yoloTxt(smallResults.segment).split('\n')[0]).toBe('1 0.25 0.2 0.35 0.2 0.35 0.3 0.3 0.4 0.25 0.4');
  });

  it('writes keypoints with their visibility after the box', () => {
    expect(yoloTxt(smallResults.pose, { confidence: true }).split('\n')[0]).toBe(
      '1 0.303125 0.3 0.10625 0.2 0.275 0.25 0.75 0.325 0.35 0.25 0.875',
    );
  });

  it('writes four corners of a rotated box', () => {
    expect(yoloTxt(smallResults.obb).split('\n')[0]).toBe('1 0.35 0.35 0.35 0.25 0.25 0.25 0.25 0.35');
  });

  it('writes probabilities and names of a classification', () => {
    expect(yoloTxt(smallResults.classify)).toBe('0.50 car\n0.25 cat\n0.12 person\n0.06 dog\n0.03 bus\n');
  });

  it('is empty when nothing was found', () => {
    expect(yoloTxt({ ...smallResults.detect, detections: [] })).toBe('');
  });

  it.each(['semantic', 'depth'] as const)('refuses a %s result', (task) => {
    expect(() => yoloTxt(smallResults[task])).toThrow(Fault);
  });
});

describe('%g', () => {
  // Each pair was answered by CPython 3.11's '%g'.
  it.each([
    [0, '0'],
    [1, '1'],
    [0.1, '0.1'],
    [0.123456789, '0.123457'],
    [0.00001234, '1.234e-05'],
    [0.0001, '0.0001'],
    [123456, '123456'],
    [1234567, '1.23457e+06'],
    [0.9999999, '1'],
    [99999.95, '99999.9'],
    [-0.5, '-0.5'],
    [0.3000000119, '0.3'],
    [100, '100'],
  ])('%d is %s', (value, text) => {
    expect(formatGeneral(value)).toBe(text);
  });
});
