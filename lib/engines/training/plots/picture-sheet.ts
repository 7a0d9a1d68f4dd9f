import { orientedBoxBounds } from '@/lib/engines/geometry/oriented-box';
import type { Box, OrientedBox, Size } from '@/lib/engines/geometry/shape';
import { maskStride } from '@/lib/engines/training/batch/mask-stride';
import type { PixelImage } from '@/lib/engines/vision/pixel-image';
import type { Detection, DetectionTask, InstanceMask, VisionResult } from '@/lib/engines/vision/vision-result';

/** An object in a tile, in its pixels. What the task does not have is null. */
export type SheetObject = {
  readonly classId: number;
  readonly score: number;
  readonly box: Box;
  readonly oriented: OrientedBox | null;
  /** Flat x, y, visibility triples. */
  readonly keypoints: ArrayLike<number> | null;
  /** 1 inside, on the grid of the prototypes: a quarter of the tile’s side. */
  readonly mask: Uint8Array | null;
};

/** A square image as networks take it, and what lies in it. */
export type SheetTile = {
  /** [3, side, side], RGB in 0…1. */
  readonly planes: Float32Array;
  readonly objects: readonly SheetObject[];
};

/** Several images side by side, and all their objects, to be painted as one annotated image. */
export type PictureSheet = {
  readonly image: PixelImage;
  readonly result: VisionResult;
  /** Of one tile in the sheet. */
  readonly tile: Size;
};

/** Tiles of one sheet; the field’s. */
export const mostTiles = 16;

/** Longest side of a sheet in pixels, and the shortest of a tile as long as that allows it: labels need room. */
const longestSide = 1920;
const shortestTile = 400;

/** Lays tiles of one size out in a square as far as they go. There is at least one. */
export function pictureSheet(
  tiles: readonly SheetTile[],
  side: number,
  names: readonly string[],
  task: DetectionTask,
): PictureSheet {
  const shown = tiles.slice(0, mostTiles);
  const columns = Math.ceil(Math.sqrt(shown.length));
  const rows = Math.ceil(shown.length / columns);
  const tileSide = Math.min(Math.max(side, shortestTile), Math.floor(longestSide / columns));
  const scale = tileSide / side;
  const [width, height] = [columns * tileSide, rows * tileSide];
  const data = new Uint8Array(width * height * 3).fill(255);
  const detections: Detection[] = [];
  for (const [k, tile] of shown.entries()) {
    const left = (k % columns) * tileSide;
    const top = Math.floor(k / columns) * tileSide;
    const place = { left, top, scale, side };
    copyTile(tile.planes, data, place, tileSide, width);
    for (const object of tile.objects) detections.push(placed(object, detections.length, place));
  }
  return {
    image: { width, height, channels: 3, data },
    result: { task, image: { width, height }, names, detections },
    tile: { width: tileSide, height: tileSide },
  };
}

type TilePlace = { readonly left: number; readonly top: number; readonly scale: number; readonly side: number };

/** Takes the nearest pixels: these are pictures to look at, not to measure. */
function copyTile(
  planes: Float32Array,
  data: Uint8Array,
  { left, top, scale, side }: TilePlace,
  tileSide: number,
  width: number,
): void {
  const area = side * side;
  const sources = Array.from({ length: tileSide }, (_, k) => Math.floor((k + 0.5) / scale));
  for (const [y, fromY] of sources.entries()) {
    for (const [x, fromX] of sources.entries()) {
      const from = fromY * side + fromX;
      const to = ((top + y) * width + left + x) * 3;
      for (let channel = 0; channel < 3; channel++) data[to + channel] = planes[channel * area + from] * 255 + 0.5;
    }
  }
}

function placed(object: SheetObject, index: number, place: TilePlace): Detection {
  const { classId, score, oriented, mask } = object;
  const x = (value: number): number => value * place.scale + place.left;
  const y = (value: number): number => value * place.scale + place.top;
  const turned = oriented && {
    cx: x(oriented.cx),
    cy: y(oriented.cy),
    width: oriented.width * place.scale,
    height: oriented.height * place.scale,
    angle: oriented.angle,
  };
  const { x1, y1, x2, y2 } = object.box;
  return {
    index,
    classId,
    score,
    box: turned ? orientedBoxBounds(turned) : { x1: x(x1), y1: y(y1), x2: x(x2), y2: y(y2) },
    oriented: turned,
    keypoints: object.keypoints && pointsOf(object.keypoints, x, y),
    mask: mask && placedMask(mask, place),
  };
}

function pointsOf(triples: ArrayLike<number>, x: (value: number) => number, y: (value: number) => number) {
  return Array.from({ length: triples.length / 3 }, (_, k) => ({
    x: x(triples[3 * k]),
    y: y(triples[3 * k + 1]),
    visibility: Math.min(triples[3 * k + 2], 1),
  }));
}

function placedMask(bits: Uint8Array, { left, top, scale: pixels, side }: TilePlace): InstanceMask {
  const cells = side / maskStride;
  const scale = 1 / (maskStride * pixels);
  return {
    left: 0,
    top: 0,
    width: cells,
    height: cells,
    bits,
    grid: { scale, offsetX: -left * scale, offsetY: -top * scale },
    outline: { rings: [] },
    segment: new Float32Array(0),
  };
}
