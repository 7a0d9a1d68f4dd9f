import { describe, expect, it } from 'vitest';
import { readYaml } from '@/lib/engines/training/dataset/yaml/read-yaml';
import { argsYaml } from '@/lib/engines/training/run-folder/args-yaml';
import { crc32 } from '@/lib/engines/training/run-folder/crc32';
import { resultsCsv } from '@/lib/engines/training/run-folder/results-csv';
import { decodeStateFile, encodeStateFile } from '@/lib/engines/training/run-folder/state-file';

describe('resultsCsv', () => {
  const row = {
    epoch: 1,
    seconds: 12.3456789,
    train: { box_loss: 1.5, cls_loss: 2.123456789, dfl_loss: 1 },
    metrics: { 'precision(B)': 0.5, 'recall(B)': 0.25, 'mAP50(B)': 0.4, 'mAP50-95(B)': 1e-7 },
    val: null,
    rates: [0.1, 0.01, 0.01],
  } as const;

  it('has the field’s columns, numbers with six digits', () => {
    expect(resultsCsv([row])).toBe(
      'epoch,time,train/box_loss,train/cls_loss,train/dfl_loss,metrics/precision(B),metrics/recall(B),metrics/mAP50(B),metrics/mAP50-95(B),lr/pg0,lr/pg1,lr/pg2\n' +
        '1,12.3457,1.5,2.12346,1,0.5,0.25,0.4,1e-7,0.1,0.01,0.01\n',
    );
  });

  it('leaves fields empty in epochs that were not validated', () => {
    const [, first, second] = resultsCsv([
      { ...row, metrics: null },
      { ...row, epoch: 2 },
    ]).split('\n');
    expect(first).toBe('1,12.3457,1.5,2.12346,1,,,,,0.1,0.01,0.01');
    expect(second).toBe('2,12.3457,1.5,2.12346,1,0.5,0.25,0.4,1e-7,0.1,0.01,0.01');
  });
});

describe('argsYaml', () => {
  it('is read again as it was meant, whatever the texts are', () => {
    const texts = [
      'no',
      '1e3',
      '- x',
      'C:\\data',
      'a: b',
      'a #b',
      '"q"',
      'näher',
      'runs/detect/train 2',
      '',
      'x\ny',
      '~',
    ];
    const node = readYaml(argsYaml([...texts.map((text, k) => [`t${k}`, text] as const), ['n', 0.01], ['b', true]]));
    expect(node.kind === 'mapping' && [...node.entries.values()]).toMatchObject(
      [...texts, '0.01', 'true'].map((text) => ({ kind: 'scalar', text })),
    );
  });

  it('writes lists and nothing', () => {
    expect(
      argsYaml([
        ['freeze', [0, 1]],
        ['threads', null],
      ]),
    ).toBe('freeze: [0, 1]\nthreads: null\n');
  });
});

describe('crc32', () => {
  it('has the check value of the standard', () => {
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
  });
});

describe('state files', () => {
  const state = {
    header: { epoch: 3, names: ['kö', 'b'] },
    arrays: new Map([
      ['parameters', Float32Array.of(1.5, -0, Number.NaN)],
      ['momentum', new Float32Array(0)],
      ['ema', new Float32Array([9, 1, 2, 9]).subarray(1, 3)],
    ]),
  };

  // Node's buffers slice without copying, and start anywhere in their memory.
  it.each([
    ['an array', (bytes: Uint8Array) => bytes],
    ['a buffer of Node', (bytes: Uint8Array) => Buffer.from(bytes)],
  ])('give back what was put in, bit for bit, from %s', (_, read) => {
    const { header, arrays } = decodeStateFile(read(encodeStateFile(state)));
    expect(header).toEqual(state.header);
    expect([...arrays].map(([name, values]) => [name, [...values]])).toEqual([
      ['parameters', [1.5, -0, Number.NaN]],
      ['momentum', []],
      ['ema', [1, 2]],
    ]);
  });

  it('are refused when a bit fell over or the end is missing, wherever', () => {
    const whole = encodeStateFile(state);
    for (let k = 8; k < whole.length; k++) {
      const broken = whole.slice();
      broken[k] ^= 4;
      expect(() => decodeStateFile(broken), `byte ${k}`).toThrow(/damaged|version/);
      if (k >= 24) expect(() => decodeStateFile(whole.subarray(0, k))).toThrow('damaged');
    }
    expect(() => decodeStateFile(new Uint8Array([...whole, 0]))).toThrow('damaged');
  });

  it('are told from other files', () => {
    expect(() => decodeStateFile(new Uint8Array(100))).toThrow('another kind of file');
    expect(() => decodeStateFile(new Uint8Array(0))).toThrow('another kind of file');
  });

  it('are refused when a sound checksum stands over lists that claim too much', () => {
    const forged = (list: unknown): Uint8Array => {
      const file = encodeStateFile({ header: null, arrays: new Map() });
      const text = JSON.stringify({ header: null, arrays: list });
      const bytes = new Uint8Array(24 + text.length);
      bytes.set(file.subarray(0, 24));
      bytes.set(new TextEncoder().encode(text), 24);
      const view = new DataView(bytes.buffer);
      view.setUint32(16, text.length, true);
      view.setUint32(12, crc32(bytes.subarray(16)), true);
      return bytes;
    };
    for (const list of [[{ name: 'p', length: 1e12 }], [{ name: 'p', length: -4 }], [7], 'x', [{ length: 0 }]]) {
      expect(() => decodeStateFile(forged(list))).toThrow('damaged');
    }
    expect(decodeStateFile(forged([])).arrays.size).toBe(0);
  });
});
