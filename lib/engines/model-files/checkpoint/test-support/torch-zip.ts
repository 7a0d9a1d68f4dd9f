import { crc32 } from 'node:zlib';

export type TorchZipEntry = { readonly name: string; readonly bytes: Uint8Array };

const alignmentBytes = 64;
/** Sizes follow the data in a descriptor, names are UTF-8: what torch sets, and why the local header is not to be trusted. */
const flags = 0x0808;

/** A zip as torch writes it: stored entries whose data begins at multiples of 64 bytes, by padding in the local extra field. */
export function torchZip(root: string, entries: readonly TorchZipEntry[]): Uint8Array {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const entry of entries) {
    const name = Buffer.from(`${root}/${entry.name}`);
    const sums = Buffer.alloc(12);
    sums.writeUInt32LE(crc32(entry.bytes), 0);
    sums.writeUInt32LE(entry.bytes.length, 4);
    sums.writeUInt32LE(entry.bytes.length, 8);
    const padding = paddingAfter(offset + 30 + name.length);
    parts.push(localHeader(name, padding), entry.bytes, Buffer.from('PK\x07\x08'), sums);
    directory.push(directoryEntry(name, sums, offset));
    offset += 30 + name.length + padding.length + entry.bytes.length + 16;
  }
  const table = Buffer.concat(directory);
  return Buffer.concat([...parts, table, endRecord(entries.length, table.length, offset)]);
}

/** An extra field of torch's own kind, `FB`, that fills up to the next multiple of 64. */
function paddingAfter(position: number): Uint8Array {
  const missing = alignmentBytes - ((position + 4) % alignmentBytes);
  const field = Buffer.alloc(4 + missing, 'Z');
  field.write('FB', 0, 'latin1');
  field.writeUInt16LE(missing, 2);
  return field;
}

function localHeader(name: Uint8Array, padding: Uint8Array): Uint8Array {
  const header = Buffer.alloc(30);
  header.write('PK\x03\x04', 0, 'latin1');
  header.writeUInt16LE(flags, 6);
  header.writeUInt16LE(name.length, 26);
  header.writeUInt16LE(padding.length, 28);
  return Buffer.concat([header, name, padding]);
}

function directoryEntry(name: Uint8Array, sums: Uint8Array, offset: number): Uint8Array {
  const entry = Buffer.alloc(46);
  entry.write('PK\x01\x02', 0, 'latin1');
  entry.writeUInt16LE(flags, 8);
  entry.set(sums, 16);
  entry.writeUInt16LE(name.length, 28);
  entry.writeUInt32LE(offset, 42);
  return Buffer.concat([entry, name]);
}

function endRecord(count: number, tableLength: number, tableOffset: number): Uint8Array {
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(tableLength, 12);
  end.writeUInt32LE(tableOffset, 16);
  return end;
}
