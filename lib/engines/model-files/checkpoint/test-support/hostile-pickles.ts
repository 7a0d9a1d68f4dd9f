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
