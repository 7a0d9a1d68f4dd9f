import { z } from 'zod';

/** Something a reply says stands somewhere in the image. Coordinates in pixels of the upright original. */
export type ReplyShape = {
  readonly key: number;
  readonly name: string;
  readonly classId: number;
  readonly confidence: number;
  /** Corners in order; four of them, however the box stands. Empty for a class of the whole image. */
  readonly corners: readonly Point[];
  readonly outline: readonly Point[];
  readonly keypoints: readonly Point[];
};

type Point = readonly [x: number, y: number];

export type DrawnReply = {
  readonly shapes: readonly ReplyShape[];
  /** Size of the image as the reply tells it; null where it does not. */
  readonly image: { readonly width: number; readonly height: number } | null;
};

/** A keypoint less sure than this is a guess and not drawn, as on the Test tab. */
const surestGuess = 0.25;

const box = z
  .object({
    x1: z.number(),
    y1: z.number(),
    x2: z.number(),
    y2: z.number(),
    x3: z.number().optional(),
    y3: z.number().optional(),
    x4: z.number().optional(),
    y4: z.number().optional(),
  })
  .transform(({ x1, y1, x2, y2, x3, y3, x4, y4 }): Point[] => {
    if (x3 === undefined || y3 === undefined || x4 === undefined || y4 === undefined) {
      return [
        [x1, y1],
        [x2, y1],
        [x2, y2],
        [x1, y2],
      ];
    }
    return [
      [x1, y1],
      [x2, y2],
      [x3, y3],
      [x4, y4],
    ];
  });

const columns = z.object({ x: z.array(z.number()), y: z.array(z.number()) });

const platformReply = z.object({
  predictions: z.array(
    z.object({
      class: z.string(),
      classId: z.number(),
      confidence: z.number(),
      box: box.optional(),
      segments: z.array(z.tuple([z.number(), z.number()])).optional(),
      keypoints: z.array(z.object({ x: z.number(), y: z.number(), conf: z.number().optional() })).optional(),
    }),
  ),
  image: z.object({ width: z.number(), height: z.number() }),
});

const packageRows = z.array(
  z.object({
    name: z.string(),
    class: z.number(),
    confidence: z.number(),
    box: box.optional(),
    segments: columns.optional(),
    keypoints: columns.extend({ visible: z.array(z.number()).optional() }).optional(),
  }),
);

const imagesReply = z.object({
  images: z.array(z.object({ results: packageRows, shape: z.tuple([z.number(), z.number()]) })).min(1),
});

const legacyReply = z.object({ success: z.literal(true), data: packageRows });

/**
 * What can be drawn of a reply in one of the platform's, the HUB's or the package's own words; null for any other. Where
 * coordinates are fractions (`isNormalised`), the size of the image is needed to place them.
 */
export function shapesOfReply(
  body: unknown,
  options: {
    readonly isNormalised: boolean;
    readonly image: { readonly width: number; readonly height: number } | null;
  },
): DrawnReply | null {
  const platform = platformReply.safeParse(body);
  if (platform.success) return fromPlatform(platform.data);
  const images = imagesReply.safeParse(body);
  if (images.success) {
    const [{ results, shape }] = images.data.images;
    return { shapes: fromRows(results, 1, 1), image: { height: shape[0], width: shape[1] } };
  }
  const legacy = legacyReply.safeParse(body);
  const rows = legacy.success ? legacy.data.data : packageRows.safeParse(body).data;
  if (rows === undefined) return null;
  if (!options.isNormalised) return { shapes: fromRows(rows, 1, 1), image: null };
  if (options.image === null) return null;
  return { shapes: fromRows(rows, options.image.width, options.image.height), image: options.image };
}

function fromPlatform({ predictions, image }: z.output<typeof platformReply>): DrawnReply {
  const shapes = predictions.map(
    (prediction, key): ReplyShape => ({
      key,
      name: prediction.class,
      classId: prediction.classId,
      confidence: prediction.confidence,
      corners: prediction.box ?? [],
      outline: prediction.segments ?? [],
      keypoints: (prediction.keypoints ?? [])
        .filter(({ conf }) => conf === undefined || conf >= surestGuess)
        .map(({ x, y }): Point => [x, y]),
    }),
  );
  return { shapes, image };
}

function fromRows(rows: z.output<typeof packageRows>, width: number, height: number): ReplyShape[] {
  const placed = (points: readonly Point[]) => points.map(([x, y]): Point => [x * width, y * height]);
  return rows.map((row, key) => ({
    key,
    name: row.name,
    classId: row.class,
    confidence: row.confidence,
    corners: placed(row.box ?? []),
    outline: placed(row.segments ? pairs(row.segments) : []),
    keypoints: placed(row.keypoints ? sure(row.keypoints) : []),
  }));
}

function pairs({ x, y }: z.output<typeof columns>): Point[] {
  return x.flatMap((across, index): Point[] => {
    const down = y[index];
    return down === undefined ? [] : [[across, down]];
  });
}

function sure(keypoints: z.output<typeof columns> & { readonly visible?: readonly number[] }): Point[] {
  return pairs(keypoints).filter((_, index) => (keypoints.visible?.[index] ?? 1) >= surestGuess);
}
