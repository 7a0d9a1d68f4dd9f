import { describe, expect, it } from 'vitest';
import { type ByteSource, blobSource, bytesSource } from '@/lib/engines/model-files/byte-source';
import { ProtobufError, type ProtobufField, ProtobufReader } from '@/lib/engines/model-files/protobuf-reader';
import { ProtobufWriter } from '@/lib/engines/model-files/protobuf-writer';

async function fieldsOf(source: ByteSource): Promise<ProtobufField[]> {
  const fields: ProtobufField[] = [];
  const reader = new ProtobufReader(source);
  await reader.visitMessage(reader.whole, 0, (field) => {
    fields.push(field);
  });
  return fields;
}

async function defectOf(bytes: readonly number[]): Promise<string> {
  try {
    await fieldsOf(bytesSource(Uint8Array.from(bytes)));
  } catch (error) {
    if (error instanceof ProtobufError) return error.defect;
    throw error;
  }
  return 'none';
}

describe('ProtobufReader', () => {
  it('reads back numbers of every length and sign', async () => {
    const values = [0, 1, 127, 128, 16_383, 16_384, 2 ** 28, 2 ** 31, 2 ** 32, 2 ** 35, 2 ** 52 + 1, -1, -(2 ** 40)];
    const writer = new ProtobufWriter();
    for (const value of values) writer.varint(3, value);
    const fields = await fieldsOf(bytesSource(writer.finish()));
    expect(fields).toEqual(values.map((value) => ({ wire: 'varint', number: 3, value })));
  });

  it('steps over a value of megabytes without reading it', async () => {
    const megabytes = new Uint8Array(8_000_000);
    const message = new ProtobufWriter().text(2, 'before').bytes(9, megabytes).text(2, 'after').finish();
    let bytesRead = 0;
    const inner = blobSource(new Blob([message.slice()]));
    const counting: ByteSource = {
      sizeBytes: inner.sizeBytes,
      read(offset, length) {
        bytesRead += length;
        return inner.read(offset, length);
      },
    };
    expect((await fieldsOf(counting)).map(({ number }) => number)).toEqual([2, 9, 2]);
    expect(bytesRead).toBeLessThan(10_000);
  });

  it('reads text and packed numbers across the ends of its windows', async () => {
    const text = 'stride'.repeat(20_000);
    const numbers = Array.from({ length: 3_000 }, (_, index) => index * 77);
    const source = bytesSource(new ProtobufWriter().text(1, text).packedVarints(2, numbers).finish());
    const reader = new ProtobufReader(source);
    const found: unknown[] = [];
    await reader.visitMessage(reader.whole, 0, async (field) => {
      if (field.wire !== 'bytes') return;
      if (field.number === 1) found.push(await reader.text(field.range, 200_000));
      if (field.number === 2) found.push(await reader.packedVarints(field.range, 3_000));
    });
    expect(found).toEqual([text, numbers]);
  });

  it('calls a value that runs past the end of the file truncated, whatever length it claims', async () => {
    expect(await defectOf([0x0a, 0x05, 0x61])).toBe('truncated');
    expect(await defectOf([0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f])).toBe('truncated');
    expect(await defectOf([0x0a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01])).toBe('truncated');
    expect(await defectOf([0x08])).toBe('truncated');
    expect(await defectOf([0x0d, 0x00])).toBe('truncated');
  });

  it('calls a value that runs past its own message malformed', async () => {
    const reader = new ProtobufReader(bytesSource(Uint8Array.from([0x0a, 0x02, 0x0a, 0x7f, 0, 0, 0, 0])));
    const nested = reader.visitMessage({ start: 2, end: 4 }, 1, () => undefined);
    await expect(nested).rejects.toMatchObject({ defect: 'malformed' });
  });

  it('refuses what is not protobuf: field 0, groups, endless numbers', async () => {
    expect(await defectOf([0x00, 0x00])).toBe('malformed');
    expect(await defectOf([0x0b, 0x0c])).toBe('malformed');
    expect(await defectOf(Array.from({ length: 16 }, () => 0xff))).toBe('malformed');
  });

  it('refuses a value longer than the caller can make sense of', async () => {
    const reader = new ProtobufReader(bytesSource(new Uint8Array(100)));
    await expect(reader.bytes({ start: 0, end: 100 }, 99)).rejects.toMatchObject({ defect: 'too-large' });
  });

  it('refuses nesting that would exhaust the stack', async () => {
    const reader = new ProtobufReader(bytesSource(Uint8Array.from([0x08, 0x01])));
    await expect(reader.visitMessage(reader.whole, 61, () => undefined)).rejects.toMatchObject({ defect: 'too-large' });
  });

  it('notices a source that became shorter', async () => {
    const shrinking: ByteSource = { sizeBytes: 1_000, read: async () => new Uint8Array(10) };
    await expect(fieldsOf(shrinking)).rejects.toMatchObject({ defect: 'truncated' });
  });
});
