export type StoredEntry = {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** What the archive claims about the entry; stored and of its own length if absent. */
  readonly claims?: { readonly method?: number; readonly sizeBytes?: number };
};

/** A zip archive of uncompressed entries, as torch writes checkpoints; `wide` adds the ZIP64 records it adds too. */
export function storedZip(entries: readonly StoredEntry[], { wide = false }: { wide?: boolean } = {}): Uint8Array {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes, claims = {} } of entries) {
    const { method = 0, sizeBytes = bytes.length } = claims;
    const fields = Buffer.alloc(22);
    fields.writeUInt16LE(method, 4);
    fields.writeUInt32LE(bytes.length, 14);
    fields.writeUInt32LE(sizeBytes, 18);
    const nameBytes = Buffer.from(name);
    const lengths = Buffer.alloc(4);
    lengths.writeUInt16LE(nameBytes.length, 0);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, lengths, nameBytes, bytes]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(wide ? 0xffffffff : offset, 10);
    const extra = wide ? wideExtra(offset) : Buffer.alloc(0);
    lengths.writeUInt16LE(extra.length, 2);
    directory.push(
      Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.alloc(2), fields, lengths, tail, nameBytes, extra]),
    );
    parts.push(local);
    offset += local.length;
  }
  const table = Buffer.concat(directory);
  return Buffer.concat([...parts, table, ...endOf(entries.length, table.length, offset, wide)]);
}

/** A checkpoint as far as its structure goes: nobody may read its pickle. */
export function tinyCheckpoint(content = 'weights'): Uint8Array {
  return storedZip([
    { name: 'best/data.pkl', bytes: Buffer.from('\x80\x02}.', 'latin1') },
    { name: 'best/version', bytes: Buffer.from('3\n') },
    { name: 'best/data/0', bytes: Buffer.from(content) },
  ]);
}

function wideExtra(offset: number): Buffer {
  const extra = Buffer.alloc(12);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(8, 2);
  extra.writeBigUInt64LE(BigInt(offset), 4);
  return extra;
}

function endOf(count: number, tableLength: number, tableOffset: number, wide: boolean): Buffer[] {
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(wide ? 0xffffffff : tableLength, 12);
  end.writeUInt32LE(wide ? 0xffffffff : tableOffset, 16);
  if (!wide) return [end];
  const record = Buffer.alloc(56);
  record.write('PK\x06\x06', 'latin1');
  record.writeBigUInt64LE(BigInt(tableLength), 40);
  record.writeBigUInt64LE(BigInt(tableOffset), 48);
  const locator = Buffer.alloc(20);
  locator.write('PK\x06\x07', 'latin1');
  locator.writeBigUInt64LE(BigInt(tableOffset + tableLength), 8);
  return [record, locator, end];
}
