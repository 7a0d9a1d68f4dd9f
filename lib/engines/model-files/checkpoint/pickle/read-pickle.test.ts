import { describe, expect, it } from 'vitest';
import type { CheckpointValue } from '@/lib/engines/model-files/checkpoint/checkpoint';
import { readPickle } from '@/lib/engines/model-files/checkpoint/pickle/read-pickle';
import { scanPickle } from '@/lib/engines/model-files/checkpoint/pickle/scan-pickle';
import { PickleWriter } from '@/lib/engines/model-files/checkpoint/test-support/pickle-writer';

function noTensors(): never {
  throw new Error('no tensor was expected');
}

/** What a pickle holds. The scan has to follow the same bytes to the same end. */
function read(writer: PickleWriter): CheckpointValue {
  const bytes = writer.finish();
  expect(scanPickle(bytes)).toMatchObject({ length: bytes.length, foreignInstructions: [] });
  return readPickle(bytes, noTensors).value;
}

const start = (version = 2) => new PickleWriter().protocol(version);
const encoded = (writer: PickleWriter, text: string) =>
  writer.global('_codecs', 'encode').text(text).text('latin1').ops('TUPLE2', 'REDUCE');
const numpyNumber = (type: string, order: string, bytes: string) => {
  const writer = start().global('numpy.core.multiarray', 'scalar').global('numpy', 'dtype');
  writer.text(type).ops('NEWFALSE', 'NEWTRUE', 'TUPLE3', 'REDUCE');
  writer.integer(3).text(order).op('NONE').ops('TUPLE3', 'BUILD');
  return encoded(writer, bytes).ops('TUPLE2', 'REDUCE');
};

describe('reading a pickle', () => {
  it.each([
    [
      'small and large integers',
      start()
        .op('MARK')
        .integer(200)
        .integer(-5)
        .integer(70_000)
        .integer(2 ** 40)
        .op('TUPLE'),
      [200, -5, 70_000, 2 ** 40],
    ],
    ['two bytes', start().op('BININT2', Uint8Array.of(0x34, 0x12)), 0x1234],
    [
      'an integer beyond 2⁵³',
      start().op('LONG1', Uint8Array.of(8), Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0x80)),
      -(2n ** 63n),
    ],
    ['an integer of no bytes', start().op('LONG1', Uint8Array.of(0)), 0],
    ['fractions', start().float(-0.125), -0.125],
    ['text', start().text('naïve 画像'), 'naïve 画像'],
    ['truths', start().ops('MARK', 'NEWTRUE', 'NEWFALSE', 'NONE', 'TUPLE'), [true, false, null]],
    [
      'a list in two steps',
      start().op('EMPTY_LIST').integer(1).ops('APPEND', 'MARK').integer(2).integer(3).op('APPENDS'),
      [1, 2, 3],
    ],
    [
      'a value kept twice and dropped',
      start().integer(1).ops('DUP', 'POP', 'MARK').integer(2).ops('POP_MARK').op('TUPLE1'),
      [1],
    ],
    ['a set', start(4).ops('EMPTY_SET', 'MARK').integer(1).op('ADDITEMS'), [1]],
    ['a set of Python 2', start().global('__builtin__', 'set').ops('EMPTY_LIST', 'TUPLE1', 'REDUCE'), []],
    [
      'pairs',
      start()
        .global('collections', 'OrderedDict')
        .op('EMPTY_LIST')
        .integer(1)
        .integer(2)
        .ops('TUPLE2', 'APPEND', 'TUPLE1', 'REDUCE'),
      new Map([[1, 2]]),
    ],
    ['a size', start().global('torch', 'Size').integer(1).integer(3).ops('TUPLE2', 'TUPLE1', 'REDUCE'), [1, 3]],
    ['a device', start().global('torch', 'device').text('cuda').integer(0).ops('TUPLE2', 'REDUCE'), 'cuda'],
    [
      'a path',
      start().global('pathlib', 'PosixPath').op('MARK').text('/').text('data').text('coco.yaml').ops('TUPLE', 'REDUCE'),
      '/data/coco.yaml',
    ],
    ['a double of numpy', numpyNumber('f8', '<', '\0\0\0\0\0\0\xf8\x3f'), 1.5],
    ['a big-endian integer of numpy', numpyNumber('i4', '>', '\xff\xff\xff\xfe'), -2],
    ['a truth of numpy', numpyNumber('b1', '|', '\x01'), true],
  ] as const)('knows %s', (_, writer, expected) => {
    expect(read(writer)).toEqual(expected);
  });

  it('knows what protocol 4 writes', () => {
    const writer = start(4).op('FRAME', Uint8Array.of(20, 0, 0, 0, 0, 0, 0, 0));
    writer.op('SHORT_BINUNICODE', Uint8Array.of(5), Buffer.from('torch')).op('MEMOIZE');
    writer.op('SHORT_BINUNICODE', Uint8Array.of(4), Buffer.from('Size')).op('MEMOIZE').op('STACK_GLOBAL');
    expect(read(writer.ops('EMPTY_TUPLE', 'TUPLE1', 'REDUCE'))).toEqual([]);
  });

  it('keeps bound methods and interpolations as words', () => {
    const method = start().global('__builtin__', 'getattr').global('ultralytics.nn.modules.conv', 'Conv');
    expect(read(method.ops('EMPTY_TUPLE', 'NEWOBJ').text('forward_fuse').ops('TUPLE2', 'REDUCE'))).toEqual({
      kind: 'marker',
      name: 'ultralytics.nn.modules.conv.Conv.forward_fuse',
    });
    const mode = start().global('torchvision.transforms.functional', 'InterpolationMode').text('bilinear');
    expect(read(mode.ops('TUPLE1', 'REDUCE'))).toBe('bilinear');
  });

  it('names the globals in the order of their first use', () => {
    const writer = start().global('torch', 'Size').op('POP').global('numpy', 'dtype').op('POP').global('torch', 'Size');
    expect(readPickle(writer.finish(), noTensors).globals).toEqual(['torch.Size', 'numpy.dtype']);
  });
});
