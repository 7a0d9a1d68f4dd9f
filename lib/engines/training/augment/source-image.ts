/** Decoded pixels, brought down to about the size they are trained at: 8-bit RGB, interleaved, rows from the top. */
export type SourceImage = { readonly width: number; readonly height: number; readonly data: Uint8Array };
