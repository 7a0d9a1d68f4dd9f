import { describe, expect, it } from 'vitest';
import { Fault } from '@/lib/core/fault';
import { seededRandom } from '@/lib/engines/model-files/test-support/seeded-random';
import { survive } from '@/lib/engines/model-files/test-support/survival';
import { readYaml } from '@/lib/engines/training/dataset/yaml/read-yaml';
import type { YamlNode } from '@/lib/engines/training/dataset/yaml/yaml-node';

/** Plain values for comparison. */
function plain(node: YamlNode): unknown {
  if (node.kind === 'scalar') return node.text;
  if (node.kind === 'sequence') return node.items.map(plain);
  return Object.fromEntries([...node.entries].map(([key, value]) => [key, plain(value)]));
}

const read = (text: string) => plain(readYaml(text));

const limits = { milliseconds: 3000, mebibytes: 64 };

describe('readYaml', () => {
  it('reads what data sets are described with', () => {
    const text = `
# A comment
path: ../datasets/coco8 # dataset root
train: images/train
val: [images/val, "images/more: val"]
test:

names:
  0: person
  1: traffic light   # a comment
  2: 'driver''s seat'
  3: "caf\\u00e9 \\"x\\""
  4: no
kpt_shape: [17, 3] # number, dims
flip_idx: [0, 2,
  1]
license: !!nothing_here_is_plain
`;
    expect(() => read(text)).toThrow(/“!”/);
    expect(read(text.replace(/license.*\n/, ''))).toEqual({
      path: '../datasets/coco8',
      train: 'images/train',
      val: ['images/val', 'images/more: val'],
      test: '',
      names: { 0: 'person', 1: 'traffic light', 2: "driver's seat", 3: 'café "x"', 4: 'no' },
      kpt_shape: ['17', '3'],
      flip_idx: ['0', '2', '1'],
    });
  });

  it('reads lists at the depth of their key, deeper, and with maps as items', () => {
    expect(read('names:\n- a\n- b\nnc: 2')).toEqual({ names: ['a', 'b'], nc: '2' });
    expect(read('names:\n    - a\n    -   - b\n        - c\n    -\n      d\nnc: 2')).toEqual({
      names: ['a', ['b', 'c'], 'd'],
      nc: '2',
    });
    expect(read('- x: 1\n  y: 2\n- x: 3')).toEqual([{ x: '1', y: '2' }, { x: '3' }]);
  });

  it('reads a download script as the text it is, and goes on after it', () => {
    expect(read('download: |\n  import os\n\n  # not a comment: here\n  if x: y\nnc: 1')).toEqual({
      download: 'import os\n\n# not a comment: here\nif x: y',
      nc: '1',
    });
  });

  it('reads maps and lists in braces over lines, with trailing commas and comments', () => {
    expect(read("names: {\n  0: a, # first\n  '1': b,\n}\nroboflow: {workspace: x, url: https://a.b/c}")).toEqual({
      names: { 0: 'a', 1: 'b' },
      roboflow: { workspace: 'x', url: 'https://a.b/c' },
    });
    expect(read('["a", [b, {c: d}], []]')).toEqual(['a', ['b', { c: 'd' }], []]);
  });

  it('joins texts over lines, keeps colons and hashes within words, takes any line end', () => {
    expect(read('a: one\r\n  two\r\nb: C:\\data#1\rc: x')).toEqual({ a: 'one two', b: 'C:\\data#1', c: 'x' });
    expect(read('a: "one\n   two"')).toEqual({ a: 'one two' });
    expect(read('---\na: 1\n...')).toEqual({ a: '1' });
    expect(read('')).toBe('');
  });

  it('knows the line of every value', () => {
    const node = readYaml('a: 1\n\nnames:\n  0: x\n  1: [\n   y]\nb: 2');
    expect(node.kind === 'mapping' && node.entries.get('b')?.line).toBe(7);
  });

  it.each([
    ['an anchor', 'a: &x 1', 1],
    ['an alias', 'a: 1\nb: *x', 2],
    ['a key twice', 'a: 1\nb: 2\na: 3', 3],
    ['a key twice in braces', 'a: {b: 1, b: 2}', 1],
    ['a tab', 'a:\n\tb: 1', 2],
    ['an open list', 'a: 1\nb: [1, 2', 2],
    ['an open quotation', 'a: "x', 1],
    ['words after a value', 'a: [1] 2', 1],
    ['a line without a key', 'a: 1\nfoo\nb: 2', 2],
    ['a value deeper than its neighbours', 'a: 1\n  b: 2', 2],
    ['a value shallower than its neighbours', '  a: 1\n b: 2', 2],
    ['two documents', 'a: 1\n---\nb: 2', 2],
    ['a bad escape', 'a: "\\q"', 1],
    ['a list as a key', '{[a]: b}', 1],
    ['a missing comma', 'a: ["x" "y"]', 1],
  ])('refuses %s with its line', (_, text, line) => {
    expect(() => readYaml(text)).toThrow(Fault);
    expect(() => readYaml(text)).toThrow(`Line ${line} `);
  });

  it('refuses depth without running out of stack', () => {
    expect(() => readYaml('['.repeat(1_000_000))).toThrow(/levels deep/);
    expect(() => readYaml('- '.repeat(100_000))).toThrow(/levels deep/);
  });

  it.each([' ', 'a', ':', '#', '" ', 'a: ', '\\', 'a\n', '\n', 'a, ', '#\n', "''"])(
    'is not slowed down by half a megabyte of %j',
    async (filler) => {
      const run = filler.repeat(500_000 / filler.length);
      for (const text of [`k: "${run}`, `k${run}`, `k: [${run}`, `k: ${run}`, `"k${run}": 1`]) {
        await survive(JSON.stringify(text.slice(0, 12)), async () => readYaml(text), limits);
      }
    },
  );

  it('ends in a value or a fault, however a file is damaged', async () => {
    const random = seededRandom(5);
    const whole = 'a: 1\nnames:\n  0: \'x\'\n  1: [b, {c: "d\\u0041"}]\n- e: |\n   f\n# g\n--- ...';
    for (let round = 0; round < 3000; round++) {
      const at = Math.floor(random() * whole.length);
      const length = Math.floor(random() * 5);
      const from = Math.floor(random() * whole.length);
      const text = whole.slice(0, at) + whole.slice(from, from + length) + whole.slice(at + Math.floor(random() * 3));
      await survive(JSON.stringify(text), async () => readYaml(text), limits);
    }
  });
});
