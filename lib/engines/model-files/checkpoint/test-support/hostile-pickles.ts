import type { FaultCode } from '@/lib/core/fault';
import { PickleWriter, uint32 } from '@/lib/engines/model-files/checkpoint/test-support/pickle-writer';

export type HostilePickle = {
  readonly what: string;
  readonly bytes: Uint8Array;
  readonly code: FaultCode;
  /** Words of the refusal: the name of what the pickle asks for, or the limit it meets. */
  readonly words: string;
};

/** A shell command that would leave this file behind; no test may ever find it. */
export function commandThatCreates(path: string): string {
  return `touch ${path}`;
}

/** Pickles that run something in Python, each in its own way, around the same command. */
export function executingPickles(command: string): readonly HostilePickle[] {
  const unsafe = (what: string, words: string, writer: PickleWriter): HostilePickle => ({
    what,
    bytes: writer.finish(),
    code: 'model-unsafe',
    words,
  });
  const start = () => new PickleWriter().protocol();
  const called = (module: string, name: string) => start().global(module, name).text(command).ops('TUPLE1', 'REDUCE');
  return [
    unsafe('os.system', 'os.system', called('os', 'system')),
    unsafe('posix.system', 'posix.system', called('posix', 'system')),
    unsafe('nt.system', 'nt.system', called('nt', 'system')),
    unsafe('subprocess.Popen', 'subprocess.Popen', called('subprocess', 'Popen')),
    unsafe('eval', 'builtins.eval', called('builtins', 'eval')),
    unsafe('exec of Python 2', '__builtin__.exec', called('__builtin__', 'exec')),
    unsafe('__import__', '__builtin__.__import__', called('__builtin__', '__import__')),
    unsafe('runpy', 'runpy._run_code', called('runpy', '_run_code')),
    unsafe('a pickle inside', 'torch.storage._load_from_bytes', called('torch.storage', '_load_from_bytes')),
    unsafe('torch.load', 'torch.load', called('torch', 'load')),
    unsafe('torch.hub', 'torch.hub.load', called('torch.hub', 'load')),
    unsafe(
      'a download',
      'ultralytics.utils.downloads.safe_download',
      called('ultralytics.utils.downloads', 'safe_download'),
    ),
    unsafe(
      'posix by STACK_GLOBAL',
      'posix.system',
      start().text('posix').text('system').op('STACK_GLOBAL').text(command).ops('TUPLE1', 'REDUCE'),
    ),
    unsafe(
      'a dotted name',
      'torch.nn.modules.os.system',
      start().text('torch.nn').text('modules.os.system').op('STACK_GLOBAL'),
    ),
    unsafe('INST', 'os.system', start().op('MARK').text(command).inst('os', 'system')),
    unsafe('OBJ', 'OBJ', start().op('MARK').global('torch', 'Size').text(command).op('OBJ')),
    unsafe('EXT1', 'EXT1', start().op('EXT1', Uint8Array.of(1)).op('EMPTY_TUPLE').op('REDUCE')),
    unsafe('EXT4', 'EXT4', start().op('EXT4', uint32(7)).op('EMPTY_TUPLE').op('REDUCE')),
    unsafe(
      'NEWOBJ_EX',
      'NEWOBJ_EX',
      start().global('torch.nn.modules.conv', 'Conv2d').ops('EMPTY_TUPLE', 'EMPTY_DICT', 'NEWOBJ_EX'),
    ),
    unsafe('a text persistent id', 'PERSID', start().op('PERSID', Buffer.from('storage\n'))),
    unsafe('an instruction that does not exist', '0xff', start().raw(0xff)),
  ];
}

/** What the reader's own list allows, put to uses that it does not. */
export function twistedPickles(): readonly HostilePickle[] {
  const twisted = (code: FaultCode) => (what: string, words: string, writer: PickleWriter) => {
    return { what, bytes: writer.finish(), code, words };
  };
  const unsafe = twisted('model-unsafe');
  const damaged = twisted('model-damaged');
  const start = () => new PickleWriter().protocol();
  const conv = () => start().global('torch.nn.modules.conv', 'Conv2d');
  return [
    unsafe(
      'getattr of a class',
      'reaches for __subclasses__',
      start().global('__builtin__', 'getattr').global('torch', 'Size').text('__subclasses__').ops('TUPLE2', 'REDUCE'),
    ),
    unsafe(
      'getattr of a dunder',
      'reaches for __class__',
      start()
        .global('__builtin__', 'getattr')
        .global('torch.nn.modules.conv', 'Conv2d')
        .ops('EMPTY_TUPLE', 'NEWOBJ')
        .text('__class__')
        .ops('TUPLE2', 'REDUCE'),
    ),
    unsafe(
      'a chain of getattr',
      'of what is no module',
      start()
        .global('__builtin__', 'getattr')
        .global('__builtin__', 'getattr')
        .global('torch.nn.modules.conv', 'Conv2d')
        .ops('EMPTY_TUPLE', 'NEWOBJ')
        .text('forward')
        .ops('TUPLE2', 'REDUCE')
        .text('__globals__')
        .ops('TUPLE2', 'REDUCE'),
    ),
    unsafe(
      'a call of a bound method',
      'calls what is no function',
      start()
        .global('__builtin__', 'getattr')
        .global('torch.nn.modules.conv', 'Conv2d')
        .ops('EMPTY_TUPLE', 'NEWOBJ')
        .text('forward')
        .ops('TUPLE2', 'REDUCE', 'EMPTY_TUPLE', 'REDUCE'),
    ),
    unsafe('a call of a class', 'calls torch.nn.modules.conv.Conv2d', conv().ops('EMPTY_TUPLE', 'REDUCE')),
    unsafe('a call of text', 'calls what is no function', start().text('os.system').ops('EMPTY_TUPLE', 'REDUCE')),
    unsafe('a constructor with values', 'out of values', conv().integer(1).ops('TUPLE1', 'NEWOBJ')),
    damaged('a state that is a list', 'no dictionary', conv().ops('EMPTY_TUPLE', 'NEWOBJ', 'EMPTY_LIST', 'BUILD')),
    damaged('a state of a dictionary', 'no object', start().ops('EMPTY_DICT', 'EMPTY_DICT', 'BUILD')),
    damaged(
      'a weight that is a number',
      'a weight that is no tensor',
      conv()
        .ops('EMPTY_TUPLE', 'NEWOBJ', 'EMPTY_DICT')
        .text('_parameters')
        .op('EMPTY_DICT')
        .text('weight')
        .integer(1)
        .ops('SETITEM', 'SETITEM', 'BUILD'),
    ),
    damaged('a persistent id that is none', 'no storage', start().text('http://example.com').op('BINPERSID')),
    damaged('a list in itself', 'contains itself', start().op('EMPTY_LIST').put(0).get(0).op('APPEND')),
    damaged(
      'a dictionary in itself',
      'contains itself',
      start().op('EMPTY_DICT').put(0).text('me').get(0).op('SETITEM'),
    ),
    damaged(
      'a module in itself',
      'contains itself',
      conv()
        .ops('EMPTY_TUPLE', 'NEWOBJ')
        .put(0)
        .op('EMPTY_DICT')
        .text('_modules')
        .op('EMPTY_DICT')
        .text('me')
        .get(0)
        .ops('SETITEM', 'SETITEM', 'BUILD'),
    ),
    damaged(
      'a tuple that grows',
      'appends to what is no list',
      start().integer(1).op('TUPLE1').integer(2).op('APPEND'),
    ),
    damaged('values from nowhere', 'takes what is not there', start().op('TUPLE3')),
    damaged('values from below a mark', 'takes what is not there', start().integer(1).op('MARK').op('APPEND')),
    damaged('a mark that was never set', 'closes what it did not open', start().op('TUPLE')),
    damaged('a value never kept', 'recalls value 9', start().get(9)),
    damaged('a key without a value', 'without a value', start().ops('EMPTY_DICT', 'MARK').integer(1).op('SETITEMS')),
    damaged('protocol 6', 'protocol 6', new PickleWriter().protocol(6)),
    damaged('a tensor of minus one', 'shape or stride is none', tensorOf(start(), [-1])),
  ];
}

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

function tensorOf(writer: PickleWriter, shape: readonly number[]): PickleWriter {
  writer
    .global('torch._utils', '_rebuild_tensor_v2')
    .ops('MARK', 'MARK')
    .text('storage')
    .global('torch', 'FloatStorage');
  writer.text('0').text('cpu').integer(1).ops('TUPLE', 'BINPERSID').integer(0).op('MARK');
  for (const length of shape) writer.integer(length);
  return writer.op('TUPLE').integer(1).ops('TUPLE1', 'NEWFALSE', 'NONE', 'TUPLE', 'REDUCE');
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
