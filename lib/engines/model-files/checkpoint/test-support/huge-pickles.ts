import type { HostilePickle } from '@/lib/engines/model-files/checkpoint/test-support/hostile-pickles';
import { PickleWriter, uint32 } from '@/lib/engines/model-files/checkpoint/test-support/pickle-writer';

/** Small pickles that claim, or would become, something huge. */
export function hugePickles(): readonly HostilePickle[] {
  const start = () => new PickleWriter().protocol();
  const truncated = (what: string, writer: PickleWriter): HostilePickle => ({
    what,
    bytes: writer.unfinished(),
    code: 'model-truncated',
    words: 'ends in the middle',
  });
  const large = (what: string, words: string, bytes: Uint8Array): HostilePickle => ({
    what,
    bytes,
    code: 'model-too-large',
    words,
  });
  return [
    truncated('text of two gigabytes', start().op('BINUNICODE', uint32(2 ** 31))),
    truncated('text of four gigabytes', start().op('BINUNICODE', uint32(2 ** 32 - 1))),
    truncated('no end', start().integer(1)),
    truncated('a name without end', start().op('GLOBAL', Buffer.from('torch'))),
    large('a million marks', 'nests deeper', filled(start(), 0x28, 1_000_000)),
    large('a million empty lists', 'makes more than', emptyLists(1_000_000)),
    large('a million values at once', 'at once', filled(start(), 0x4e, 1_000_000)),
    large('lists in lists', 'nested deeper', nestedLists(5000)),
    large('a billion laughs', 'written out', laughs(30)),
    large('text copied for ever', 'copies', copiedText()),
    large('states copied for ever', 'copies', copiedStates()),
    large('a memo without end', 'remembers', filled(start().integer(1), 0x94, 1_100_000)),
  ];
}

/** Values kept under a number of ten digits: allowed, as it costs nothing. */
export function sparseMemo(): Uint8Array {
  return new PickleWriter()
    .protocol()
    .op('EMPTY_DICT')
    .put(2 ** 31)
    .put(2 ** 32 - 1)
    .op('POP')
    .get(2 ** 32 - 1)
    .finish();
}

function filled(writer: PickleWriter, code: number, count: number): Uint8Array {
  return Buffer.concat([writer.unfinished(), Buffer.alloc(count, code), Uint8Array.of(0x2e)]);
}

function nestedLists(depth: number): Uint8Array {
  const append = Buffer.alloc(depth - 1, 0x61);
  return Buffer.concat([Uint8Array.of(0x80, 2), Buffer.alloc(depth, 0x5d), append, Uint8Array.of(0x2e)]);
}

/** Each is dropped again: what was made counts, not what is there. */
function emptyLists(count: number): Uint8Array {
  return Buffer.concat([Uint8Array.of(0x80, 2), Buffer.alloc(2 * count, ']0', 'latin1'), Uint8Array.of(0x2e)]);
}

/** Each list holds the one before ten times. */
function laughs(levels: number): Uint8Array {
  const writer = new PickleWriter().protocol().op('EMPTY_LIST').put(0);
  for (let level = 1; level <= levels; level++) {
    writer.ops('EMPTY_LIST', 'MARK');
    for (let copy = 0; copy < 10; copy++) writer.get(level - 1);
    writer.op('APPENDS').put(level);
  }
  return writer.finish();
}

/** Bytes made of the same text a thousand times. */
function copiedText(): Uint8Array {
  const writer = new PickleWriter().protocol().text('x'.repeat(100_000)).put(0);
  for (let copy = 0; copy < 1000; copy++)
    writer.global('_codecs', 'encode').get(0).text('latin1').ops('TUPLE2', 'REDUCE');
  return writer.finish();
}

/** The same state set on many objects. */
function copiedStates(): Uint8Array {
  const writer = new PickleWriter().protocol().ops('EMPTY_DICT').put(0).op('MARK');
  for (let key = 0; key < 20_000; key++) writer.text(`k${key}`).op('NONE');
  writer.op('SETITEMS');
  for (let copy = 0; copy < 1000; copy++) {
    writer.global('torch.nn.modules.conv', 'Conv2d').ops('EMPTY_TUPLE', 'NEWOBJ').get(0).op('BUILD');
  }
  return writer.finish();
}
