/** Endings of the image formats that are decoded. */
const decoded = new Set(['bmp', 'jpeg', 'jpg', 'png', 'webp', 'avif', 'gif', 'mpo']);

/** Endings of images that data sets hold, and that are not decoded. */
const undecoded = new Set(['tif', 'tiff', 'dng', 'heic', 'pfm', 'jp2']);

/** Whether a file is an image by the ending of its name: one that is read, one that is not, or none. */
export function imageKind(name: string): 'decoded' | 'undecoded' | null {
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  if (decoded.has(ending)) return 'decoded';
  return undecoded.has(ending) ? 'undecoded' : null;
}
