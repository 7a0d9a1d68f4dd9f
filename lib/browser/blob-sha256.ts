/** Bytes hashed at a time where the browser offers no digest of its own: large enough to amortise the reads. */
const chunkBytes = 8 * 1024 * 1024;

const blockBytes = 64;

/**
 * SHA-256 of a file, hex. `crypto.subtle` digests it whole (it has no incremental form), so the caller limits the size. On a
 * page served without TLS from another machine the browser withholds `crypto.subtle`; the digest is then computed here, in chunks.
 */
export async function blobSha256(blob: Blob, subtle: SubtleCrypto | undefined = crypto.subtle): Promise<string> {
  if (subtle) return hex(new Uint8Array(await subtle.digest('SHA-256', await blob.arrayBuffer())));
  const hash = createSha256();
  for (let offset = 0; offset < blob.size; offset += chunkBytes) {
    hash.update(new Uint8Array(await blob.slice(offset, offset + chunkBytes).arrayBuffer()));
  }
  return hex(hash.digest());
}

/** Incremental SHA-256 (FIPS 180-4, section 6.2). `digest` ends it. */
export function createSha256(): { update(bytes: Uint8Array): void; digest(): Uint8Array } {
  const state = Uint32Array.of(
    0x6a09e667,
    0xbb67ae85,
    0x3c6ef372,
    0xa54ff53a,
    0x510e527f,
    0x9b05688c,
    0x1f83d9ab,
    0x5be0cd19,
  );
  const schedule = new Uint32Array(64);
  const tail = new Uint8Array(blockBytes);
  let tailLength = 0;
  let totalBytes = 0;

  function update(bytes: Uint8Array): void {
    totalBytes += bytes.length;
    let offset = 0;
    if (tailLength > 0) {
      offset = Math.min(blockBytes - tailLength, bytes.length);
      tail.set(bytes.subarray(0, offset), tailLength);
      tailLength += offset;
      if (tailLength < blockBytes) return;
      compress(state, schedule, tail, 0);
      tailLength = 0;
    }
    for (; offset + blockBytes <= bytes.length; offset += blockBytes) compress(state, schedule, bytes, offset);
    tail.set(bytes.subarray(offset));
    tailLength = bytes.length - offset;
  }

  function digest(): Uint8Array {
    const bits = totalBytes * 8;
    const padding = new Uint8Array(((tailLength < 56 ? 64 : 128) - tailLength) | 0);
    padding[0] = 0x80;
    const view = new DataView(padding.buffer);
    view.setUint32(padding.length - 8, Math.floor(bits / 2 ** 32));
    view.setUint32(padding.length - 4, bits >>> 0);
    update(padding);
    const result = new Uint8Array(32);
    const words = new DataView(result.buffer);
    state.forEach((word, index) => {
      words.setUint32(4 * index, word);
    });
    return result;
  }

  return { update, digest };
}

const roundConstants = Uint32Array.from(firstPrimes(64), (prime) => fractionBits(Math.cbrt(prime)));

function compress(state: Uint32Array, schedule: Uint32Array, bytes: Uint8Array, offset: number): void {
  const w = schedule;
  for (let i = 0; i < 16; i++) {
    const at = offset + 4 * i;
    w[i] = (byte(bytes, at) << 24) | (byte(bytes, at + 1) << 16) | (byte(bytes, at + 2) << 8) | byte(bytes, at + 3);
  }
  for (let i = 16; i < 64; i++) {
    const early = word(w, i - 15);
    const late = word(w, i - 2);
    const s0 = rotate(early, 7) ^ rotate(early, 18) ^ (early >>> 3);
    const s1 = rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10);
    w[i] = word(w, i - 16) + s0 + word(w, i - 7) + s1;
  }
  let a = word(state, 0);
  let b = word(state, 1);
  let c = word(state, 2);
  let d = word(state, 3);
  let e = word(state, 4);
  let f = word(state, 5);
  let g = word(state, 6);
  let h = word(state, 7);
  for (let i = 0; i < 64; i++) {
    const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const choice = (e & f) ^ (~e & g);
    const first = (h + s1 + choice + word(roundConstants, i) + word(w, i)) | 0;
    const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + s0 + majority) | 0;
  }
  [a, b, c, d, e, f, g, h].forEach((value, index) => {
    state[index] = word(state, index) + value;
  });
}

function rotate(value: number, bits: number): number {
  return (value >>> bits) | (value << (32 - bits));
}

function byte(bytes: Uint8Array, index: number): number {
  return bytes[index] ?? 0;
}

function word(words: Uint32Array, index: number): number {
  return words[index] ?? 0;
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (value) => value.toString(16).padStart(2, '0')).join('');
}

function firstPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let candidate = 2; primes.length < count; candidate++) {
    if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate);
  }
  return primes;
}

/** The first 32 bits of the fractional part: how FIPS 180-4 defines the round constants. */
function fractionBits(value: number): number {
  return Math.floor((value - Math.floor(value)) * 2 ** 32);
}
