import type { PixelImage } from '@/lib/engines/vision/pixel-image';

/** Reads and decodes the image at a path of the data set. Rejects with a `Fault` (`image-…`, `file-not-found`). */
export type DecodeImage = (path: string) => Promise<PixelImage>;

/** What is kept of an image, its pixels above all. */
type Kept = { readonly data: Uint8Array };

/** Decoded images at hand, as many as the memory allows. */
export type ImageCache<Image extends Kept> = {
  /** The image at a path, decoded if it is not at hand. Rejects with what decoding rejects with; nothing is kept of that. */
  get(path: string): Promise<Image>;
  /** Bytes of pixels that are kept. */
  readonly heldBytes: number;
};

type CacheOptions<Image> = {
  readonly decode: DecodeImage;
  /** Brings an image down to what is kept of it. */
  readonly reduce: (image: PixelImage) => Image;
  /** Most bytes of pixels that are kept; those that were not used for the longest time go first. */
  readonly budgetBytes: number;
};

/** Images that are decoded at a time: a large photograph takes a hundred megabytes before it is reduced. */
const decodesAtOnce = 4;

export function createImageCache<Image extends Kept>({
  decode,
  reduce,
  budgetBytes,
}: CacheOptions<Image>): ImageCache<Image> {
  // A Map goes through its keys in the order they were set: the first is the one that was not used for the longest time.
  const kept = new Map<string, Image>();
  const underWay = new Map<string, Promise<Image>>();
  const waiting: (() => void)[] = [];
  let decoding = 0;
  let heldBytes = 0;

  async function decoded(path: string): Promise<Image> {
    if (decoding === decodesAtOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    else decoding++;
    try {
      return reduce(await decode(path));
    } finally {
      // Whoever waits takes this one's place, so that the count stays.
      const next = waiting.shift();
      if (next) next();
      else decoding--;
    }
  }

  function keep(path: string, image: Image): void {
    kept.set(path, image);
    heldBytes += image.data.byteLength;
    for (const [oldest, { data }] of kept) {
      if (heldBytes <= budgetBytes) return;
      kept.delete(oldest);
      heldBytes -= data.byteLength;
    }
  }

  async function fetched(path: string): Promise<Image> {
    try {
      const image = await decoded(path);
      keep(path, image);
      return image;
    } finally {
      underWay.delete(path);
    }
  }

  return {
    async get(path) {
      const image = kept.get(path);
      if (image) {
        kept.delete(path);
        kept.set(path, image);
        return image;
      }
      const running = underWay.get(path) ?? fetched(path);
      underWay.set(path, running);
      return running;
    },
    get heldBytes() {
      return heldBytes;
    },
  };
}
