import { describe, expect, it } from 'vitest';
import { parsePythonLiteral } from '@/lib/engines/model-files/python-literal';
import { pythonRepr } from '@/lib/engines/model-files/python-repr';

describe('pythonRepr', () => {
  // Each right side is what Python 3.11 prints for the left one.
  it.each([
    [null, 'None'],
    [true, 'True'],
    [-3, '-3'],
    [0.25, '0.25'],
    [1e-7, '1e-07'],
    [1.5e-300, '1.5e-300'],
    [[640, 480], '[640, 480]'],
    [[], '[]'],
    [new Map(), '{}'],
    ['person', "'person'"],
    ["driver's seat", '"driver\'s seat"'],
    ['"quoted"', '\'"quoted"\''],
    ['both \' and "', "'both \\' and \"'"],
    ['C:\\new\ttab\nline\r', "'C:\\\\new\\ttab\\nline\\r'"],
    ['Straße 猫 😀', "'Straße 猫 😀'"],
    ['\u0000\u007f\u00a0\u00ad', "'\\x00\\x7f\\xa0\\xad'"],
    ['\u200b\u2028\ufeff', "'\\u200b\\u2028\\ufeff'"],
    ['\u{e0001}', "'\\U000e0001'"],
    ['\ud800', "'\\ud800'"],
    [
      new Map<number | string, string | boolean>([
        [0, "it's"],
        ['nms', false],
      ]),
      "{0: \"it's\", 'nms': False}",
    ],
  ])('writes %j as %s', (value, expected) => {
    expect(pythonRepr(value)).toBe(expected);
    expect(parsePythonLiteral(expected)).toEqual(value);
  });

  it('writes no number that has no literal', () => {
    expect(() => pythonRepr(Number.NaN)).toThrow('Python literal');
  });
});
