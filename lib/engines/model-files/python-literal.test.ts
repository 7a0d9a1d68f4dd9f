import { describe, expect, it } from 'vitest';
import { PythonLiteralError, parsePythonLiteral } from '@/lib/engines/model-files/python-literal';

describe('parsePythonLiteral', () => {
  it('reads a dictionary of class names in the order of the text', () => {
    const names = parsePythonLiteral("{2: 'triangle', 0: 'circle', 1: \"children's toy\"}");
    expect(names).toEqual(
      new Map([
        [2, 'triangle'],
        [0, 'circle'],
        [1, "children's toy"],
      ]),
    );
    expect([...(names instanceof Map ? names.keys() : [])]).toEqual([2, 0, 1]);
  });

  it('reads every kind of value that the exporter writes', () => {
    expect(parsePythonLiteral("{'data': None, 'batch': 1, 'fraction': 1.0, 'nms': True, 'dynamic': False}")).toEqual(
      new Map<string, unknown>([
        ['data', null],
        ['batch', 1],
        ['fraction', 1],
        ['nms', true],
        ['dynamic', false],
      ]),
    );
    expect(parsePythonLiteral("{0: ['tip', 'left_wing']}")).toEqual(new Map([[0, ['tip', 'left_wing']]]));
    expect(parsePythonLiteral(' [640, 640] ')).toEqual([640, 640]);
    expect(parsePythonLiteral('32')).toBe(32);
  });

  it('tells a tuple of one from a value in parentheses', () => {
    expect(parsePythonLiteral('(1,)')).toEqual([1]);
    expect(parsePythonLiteral("('a,')")).toBe('a,');
    expect(parsePythonLiteral('()')).toEqual([]);
    expect(parsePythonLiteral('(17, 3)')).toEqual([17, 3]);
  });

  it('reads numbers as repr writes them', () => {
    expect(parsePythonLiteral('-1e-05')).toBe(-1e-5);
    expect(parsePythonLiteral('0.45')).toBe(0.45);
    expect(parsePythonLiteral('-inf')).toBe(Number.NEGATIVE_INFINITY);
    expect(parsePythonLiteral('nan')).toBeNaN();
    expect(parsePythonLiteral('-7')).toBe(-7);
  });

  it('reads the escapes of strings', () => {
    expect(parsePythonLiteral(String.raw`'it\'s \\ \n \xe9 \u4e2d \U0001f600'`)).toBe("it's \\ \n é 中 😀");
  });

  it.each([
    ['', 'the end'],
    ['{1: }', '"}"'],
    ['[1, 2', 'the end'],
    ["'open", 'expected more text'],
    ["'a\nb'", 'end of the line'],
    ['[1 2]', 'expected ]'],
    ['1 2', 'expected the end'],
    ['__import__("os")', 'found "__import__('],
    ['true', 'expected True'],
    [String.raw`'\q'`, 'escape'],
    [String.raw`'\U00110000'`, 'code point'],
    ['{[1', 'the end'],
  ])('refuses %j and says where', (text, part) => {
    expect(() => parsePythonLiteral(text)).toThrow(PythonLiteralError);
    expect(() => parsePythonLiteral(text)).toThrow(part);
  });

  it('refuses nesting and length beyond its limits instead of exhausting the stack', () => {
    expect(() => parsePythonLiteral('['.repeat(100_000))).toThrow('levels of brackets');
    expect(() => parsePythonLiteral(' '.repeat(1_048_577))).toThrow('at most 1048576 characters');
  });
});
