/**
 * Compresses bytes into a zlib stream (RFC 1950) of one DEFLATE block with the fixed Huffman codes (RFC 1951, 3.2.6), finding
 * only repetitions of the byte before. That is all that filtered masks need, and it is small, quick and deterministic.
 */
export function deflateRuns(bytes: Uint8Array): Uint8Array {
  const bits = new BitWriter(bytes.length / 8 + 64);
  // CMF and FLG: deflate with a 32 KiB window, no dictionary, fastest; together a multiple of 31.
  bits.write(0x78, 8);
  bits.write(0x01, 8);
  bits.write(1, 1);
  bits.write(1, 2);
  let at = 0;
  while (at < bytes.length) {
    const value = bytes[at] as number;
    bits.write(codes[value] as number, codeLengths[value] as number);
    at++;
    let run = 0;
    while (at + run < bytes.length && bytes[at + run] === value) run++;
    while (run >= shortestMatch) {
      const length = Math.min(run, longestMatch);
      writeMatch(bits, length);
      at += length;
      run -= length;
    }
  }
  bits.write(codes[endOfBlock] as number, codeLengths[endOfBlock] as number);
  return bits.finish(adler32(bytes));
}

const endOfBlock = 256;
const shortestMatch = 3;
const longestMatch = 258;

/** Code lengths of RFC 1951 3.2.6: 8 bits for 0–143, 9 for 144–255, 7 for 256–279, 8 for 280–287. */
const codeLengths = Uint8Array.from({ length: 288 }, (_, symbol) => {
  if (symbol < 144) return 8;
  if (symbol < 256) return 9;
  return symbol < 280 ? 7 : 8;
});

/** Huffman codes with their bits reversed: codes travel most significant bit first, everything else least first. */
const codes = Uint16Array.from({ length: 288 }, (_, symbol) => {
  const length = codeLengths[symbol] as number;
  return reverseBits(canonicalCode(symbol), length);
});

/** First match length and number of extra bits of each length symbol from 257 on (RFC 1951, 3.2.5). */
const lengthBases = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
];
const lengthExtraBits = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];

function canonicalCode(symbol: number): number {
  if (symbol < 144) return 0x30 + symbol;
  if (symbol < 256) return 0x190 + symbol - 144;
  return symbol < 280 ? symbol - 256 : 0xc0 + symbol - 280;
}

function reverseBits(code: number, length: number): number {
  let reversed = 0;
  for (let bit = 0; bit < length; bit++) reversed |= ((code >> bit) & 1) << (length - 1 - bit);
  return reversed;
}

function writeMatch(bits: BitWriter, length: number): void {
  let index = lengthBases.length - 1;
  while ((lengthBases[index] as number) > length) index--;
  const symbol = 257 + index;
  bits.write(codes[symbol] as number, codeLengths[symbol] as number);
  bits.write(length - (lengthBases[index] as number), lengthExtraBits[index] as number);
  // Distance 1 is distance symbol 0: five zero bits.
  bits.write(0, 5);
}

/** Adler-32 (RFC 1950, 9). 5552 is the most bytes whose sums stay below 2^32 before the modulus. */
function adler32(bytes: Uint8Array): number {
  let a = 1;
  let b = 0;
  for (let start = 0; start < bytes.length; start += 5552) {
    const end = Math.min(start + 5552, bytes.length);
    for (let i = start; i < end; i++) {
      a += bytes[i] as number;
      b += a;
    }
    a %= 65521;
    b %= 65521;
  }
  return ((b << 16) | a) >>> 0;
}

class BitWriter {
  private bytes: Uint8Array;
  private length = 0;
  private pending = 0;
  private pendingBits = 0;

  constructor(expectedBytes: number) {
    this.bytes = new Uint8Array(Math.ceil(expectedBytes));
  }

  write(value: number, count: number): void {
    this.pending |= value << this.pendingBits;
    this.pendingBits += count;
    while (this.pendingBits >= 8) {
      this.push(this.pending & 0xff);
      this.pending >>>= 8;
      this.pendingBits -= 8;
    }
  }

  finish(checksum: number): Uint8Array {
    if (this.pendingBits > 0) this.push(this.pending & 0xff);
    for (const shift of [24, 16, 8, 0]) this.push((checksum >>> shift) & 0xff);
    return this.bytes.slice(0, this.length);
  }

  private push(byte: number): void {
    if (this.length === this.bytes.length) {
      const larger = new Uint8Array(this.bytes.length * 2);
      larger.set(this.bytes);
      this.bytes = larger;
    }
    this.bytes[this.length++] = byte;
  }
}
