/** What follows an instruction's byte: nothing, a number of fixed width, a line of text, or a length and as many bytes. */
export type PickleArgument =
  | 'none'
  | 'one-byte'
  | 'two-bytes'
  | 'four-bytes'
  | 'eight-bytes'
  | 'line'
  | 'two-lines'
  | 'counted-1'
  | 'counted-4'
  | 'counted-8';

export type PickleOpcode = { readonly name: string; readonly argument: PickleArgument };

const table: readonly (readonly [PickleArgument, Readonly<Record<string, number>>])[] = [
  [
    'none',
    {
      MARK: 0x28,
      EMPTY_TUPLE: 0x29,
      STOP: 0x2e,
      POP: 0x30,
      POP_MARK: 0x31,
      DUP: 0x32,
      NONE: 0x4e,
      BINPERSID: 0x51,
      REDUCE: 0x52,
      EMPTY_LIST: 0x5d,
      APPEND: 0x61,
      BUILD: 0x62,
      DICT: 0x64,
      APPENDS: 0x65,
      LIST: 0x6c,
      OBJ: 0x6f,
      SETITEM: 0x73,
      TUPLE: 0x74,
      SETITEMS: 0x75,
      EMPTY_DICT: 0x7d,
      NEWOBJ: 0x81,
      TUPLE1: 0x85,
      TUPLE2: 0x86,
      TUPLE3: 0x87,
      NEWTRUE: 0x88,
      NEWFALSE: 0x89,
      EMPTY_SET: 0x8f,
      ADDITEMS: 0x90,
      FROZENSET: 0x91,
      NEWOBJ_EX: 0x92,
      STACK_GLOBAL: 0x93,
      MEMOIZE: 0x94,
      NEXT_BUFFER: 0x97,
      READONLY_BUFFER: 0x98,
    },
  ],
  ['one-byte', { BININT1: 0x4b, BINGET: 0x68, BINPUT: 0x71, PROTO: 0x80, EXT1: 0x82 }],
  ['two-bytes', { BININT2: 0x4d, EXT2: 0x83 }],
  ['four-bytes', { BININT: 0x4a, LONG_BINGET: 0x6a, LONG_BINPUT: 0x72, EXT4: 0x84 }],
  ['eight-bytes', { BINFLOAT: 0x47, FRAME: 0x95 }],
  ['line', { FLOAT: 0x46, INT: 0x49, LONG: 0x4c, PERSID: 0x50, STRING: 0x53, UNICODE: 0x56, GET: 0x67, PUT: 0x70 }],
  ['two-lines', { GLOBAL: 0x63, INST: 0x69 }],
  ['counted-1', { SHORT_BINBYTES: 0x43, SHORT_BINSTRING: 0x55, LONG1: 0x8a, SHORT_BINUNICODE: 0x8c }],
  ['counted-4', { BINBYTES: 0x42, BINSTRING: 0x54, BINUNICODE: 0x58, LONG4: 0x8b }],
  ['counted-8', { BINUNICODE8: 0x8d, BINBYTES8: 0x8e, BYTEARRAY8: 0x96 }],
];

/**
 * Every instruction of pickle protocols 0 to 5 by its byte, the refused ones too: a scan has to step over them.
 * Source: the tables of Python's `pickletools`.
 */
export const pickleOpcodes: ReadonlyMap<number, PickleOpcode> = new Map(
  table.flatMap(([argument, codes]) =>
    Object.entries(codes).map(([name, code]): [number, PickleOpcode] => [code, { name, argument }]),
  ),
);

/** What an instruction is called, for a sentence: its name, or its byte where it has none. */
export function opcodeName(code: number): string {
  return pickleOpcodes.get(code)?.name ?? `0x${code.toString(16).padStart(2, '0')}`;
}
