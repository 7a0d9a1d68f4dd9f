import { assert } from '@/lib/core/assert';
import { Fault } from '@/lib/core/fault';
import { crc32 } from '@/lib/engines/training/run-folder/crc32';

/** A header and flat arrays in one file: what `last.ckpt` is made of. */
export type StateFile = {
  /** What JSON can hold. */
  readonly header: unknown;
  readonly arrays: ReadonlyMap<string, Float32Array>;
};

/**
 * Layout, little-endian: 8 bytes of magic, version (uint32), CRC-32 of everything from byte 16 on (uint32), bytes of the header
 * (uint32), zero (uint32), the header as UTF-8 JSON filled up with spaces to a multiple of 8, the arrays one after another.
 */
const magic = 'SLTRAIN\n';
const version = 1;
const checkedFrom = 16;
const headerAt = 24;
const alignment = 8;

/** A network of a thousand layers is described in some hundred kilobytes. */
const maximumHeaderBytes = 64 * 2 ** 20;
const maximumArrays = 64;

/** The bytes of the file, to be written whole or not at all. */
export function encodeStateFile({ header, arrays }: StateFile): Uint8Array {
  const listed = Array.from(arrays, ([name, { length }]) => ({ name, length }));
  const text = new TextEncoder().encode(JSON.stringify({ header, arrays: listed }));
  const textBytes = Math.ceil(text.length / alignment) * alignment;
  const floats = listed.reduce((sum, { length }) => sum + length, 0);
  const file = new Uint8Array(headerAt + textBytes + floats * 4);
  file.set(new TextEncoder().encode(magic));
  file.fill(0x20, headerAt, headerAt + textBytes);
  file.set(text, headerAt);
  let position = headerAt + textBytes;
  for (const values of arrays.values()) {
    file.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), position);
    position += values.byteLength;
  }
  const view = new DataView(file.buffer);
  view.setUint32(8, version, true);
  view.setUint32(16, textBytes, true);
  view.setUint32(12, crc32(file.subarray(checkedFrom)), true);
  return file;
}

/** Throws a `Fault`: `model-not-checkpoint` for another kind of file, `model-damaged` for one that is not whole. */
export function decodeStateFile(bytes: Uint8Array): StateFile {
  const isOurs = bytes.length >= headerAt && new TextDecoder('latin1').decode(bytes.subarray(0, 8)) === magic;
  if (!isOurs) {
    throw new Fault({
      code: 'model-not-checkpoint',
      found: 'A training state (last.ckpt) was expected, and this is another kind of file.',
      remedy: 'Give the last.ckpt of a run folder.',
    });
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = view.getUint32(8, true);
  if (found !== version) {
    throw new Fault({
      code: 'model-unsupported',
      found: `The training state has version ${found}; version ${version} is read.`,
      remedy: 'Resume it with the release that wrote it.',
    });
  }
  if (view.getUint32(12, true) !== crc32(bytes.subarray(checkedFrom))) throw damaged('its checksum does not fit');
  return readParts(bytes, view.getUint32(16, true));
}

/** The `Fault` for a training state whose content cannot be used. */
export function damaged(what: string): Fault {
  return new Fault({
    code: 'model-damaged',
    found: `The training state is damaged: ${what}.`,
    remedy: 'Give another last.ckpt, or train again.',
  });
}

function readParts(bytes: Uint8Array, textBytes: number): StateFile {
  if (textBytes > maximumHeaderBytes || headerAt + textBytes > bytes.length) throw damaged('its header is cut');
  const { header, arrays: listed } = parseHeader(bytes.subarray(headerAt, headerAt + textBytes));
  const arrays = new Map<string, Float32Array>();
  let position = headerAt + textBytes;
  for (const { name, length } of listed) {
    const end = position + length * 4;
    if (end > bytes.length || arrays.has(name)) throw damaged(`“${name}” is cut or there twice`);
    const values = new Float32Array(length);
    new Uint8Array(values.buffer).set(bytes.subarray(position, end));
    arrays.set(name, values);
    position = end;
  }
  if (position !== bytes.length) throw damaged('there is more in it than its header says');
  return { header, arrays };
}

type Listed = { readonly name: string; readonly length: number };

function parseHeader(text: Uint8Array): { header: unknown; arrays: Listed[] } {
  const parsed = parseJson(text);
  if (typeof parsed !== 'object' || parsed === null || !('header' in parsed) || !('arrays' in parsed)) {
    throw damaged('its header does not list arrays');
  }
  const { header, arrays } = parsed;
  if (!Array.isArray(arrays) || arrays.length > maximumArrays) throw damaged('its header does not list arrays');
  return { header, arrays: arrays.map(listedArray) };
}

function parseJson(text: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(text));
  } catch {
    throw damaged('its header is no JSON');
  }
}

function listedArray(entry: unknown): Listed {
  if (typeof entry === 'object' && entry !== null && 'name' in entry && 'length' in entry) {
    const { name, length } = entry;
    if (typeof name === 'string' && typeof length === 'number' && Number.isSafeInteger(length) && length >= 0) {
      return { name, length };
    }
  }
  throw damaged('its header lists something that is no array');
}

assert(
  new Uint8Array(Uint32Array.of(1).buffer)[0] === 1,
  'numbers are little-endian, as on all machines that run this',
);
