/**
 * A UUID-shaped id (version 8, RFC 9562) that depends on nothing but the text: the same detection of the same image keeps
 * its id from run to run. Four interleaved 32-bit multiply-xor hashes; not for secrets.
 */
export function contentId(text: string): string {
  const state = Uint32Array.of(0x9e3779b9, 0x243f6a88, 0xb7e15162, 0xdeadbeef);
  const multipliers = [0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f, 0x165667b1];
  for (let i = 0; i < text.length; i++) {
    for (let lane = 0; lane < 4; lane++) {
      state[lane] = Math.imul((state[lane] as number) ^ text.charCodeAt(i), multipliers[lane] as number);
      state[lane] = (state[lane] as number) ^ ((state[(lane + 1) & 3] as number) >>> 15);
    }
  }
  for (let round = 0; round < 8; round++) {
    const lane = round & 3;
    const mixed = (state[lane] as number) ^ ((state[(lane + 1) & 3] as number) >>> 13);
    state[lane] = Math.imul(mixed, multipliers[lane] as number);
  }
  const hex = [...state].map((word) => word.toString(16).padStart(8, '0')).join('');
  const variant = (8 + (Number.parseInt(hex.charAt(16), 16) & 3)).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}
