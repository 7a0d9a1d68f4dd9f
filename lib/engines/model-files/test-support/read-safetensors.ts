export type SafetensorsFile = {
  readonly metadata: Readonly<Record<string, string>>;
  readonly tensors: ReadonlyMap<
    string,
    { readonly dtype: string; readonly shape: readonly number[]; readonly bytes: Uint8Array }
  >;
};

type Entry = {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
};

/** Reads a safetensors file as its specification says, with the checks that other readers make: no gaps, nothing left over. */
export function readSafetensors(file: Uint8Array): SafetensorsFile {
  const length = Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
  const text = new TextDecoder('utf-8', { fatal: true }).decode(file.subarray(8, 8 + length));
  if (!text.startsWith('{')) throw new Error('the header does not begin with {');
  if ((8 + length) % 8 !== 0) throw new Error('the data is not aligned');
  const { __metadata__: metadata, ...entries }: { __metadata__: Record<string, string> } & Record<string, Entry> =
    JSON.parse(text);
  const data = file.subarray(8 + length);
  let expected = 0;
  const tensors = new Map<string, { dtype: string; shape: readonly number[]; bytes: Uint8Array }>();
  for (const [name, { dtype, shape, data_offsets: offsets }] of Object.entries(entries)) {
    if (offsets[0] !== expected) throw new Error(`${name} leaves a gap`);
    expected = offsets[1];
    tensors.set(name, { dtype, shape, bytes: data.subarray(...offsets) });
  }
  if (expected !== data.byteLength) throw new Error('bytes are left over');
  return { metadata, tensors };
}
