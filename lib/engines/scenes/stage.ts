import { type Atmosphere, seenColour } from '@/lib/engines/scenes/atmosphere';
import type { SceneRandom } from '@/lib/engines/scenes/random';
import { type Affine, identity } from '@/lib/engines/scenes/raster/affine';
import { rgb } from '@/lib/engines/scenes/raster/colour';
import { createPicture, type Picture } from '@/lib/engines/scenes/raster/picture';
import { type Drawing, effect } from '@/lib/engines/scenes/raster/shape';
import type { SceneClass } from '@/lib/engines/scenes/scene-classes';
import type { SceneSize } from '@/lib/engines/scenes/scene-size';

/** An object of a class that labels are made for. */
export type Figure = {
  readonly className: SceneClass;
  /** Keypoints where the figure has them, in its drawing's coordinates. */
  readonly keypoints: readonly { readonly x: number; readonly y: number; readonly isSeen: boolean }[] | null;
};

/** Shapes of one figure, or of scenery. */
export type Layer = { readonly figure: Figure | null; readonly drawing: Drawing };

/** Things that stand together in one place, the farthest layer first. */
export type Placement = {
  readonly layers: readonly Layer[];
  /** From the drawing to the picture's pixels. An oriented box lies along the drawing's x axis. */
  readonly to: Affine;
  /** Metres from the viewer: the farther is painted first and fades into the air. */
  readonly distance: number;
  /** From the drawing to its shadow in the picture; null for things that cast none. */
  readonly shadow: Affine | null;
};

/** Everything in a scene, before it is painted. */
export type Stage = {
  readonly width: number;
  readonly height: number;
  readonly atmosphere: Atmosphere;
  /** Painted first, in the picture's pixels: sky, ground, what has no place of its own. */
  readonly backdrop: readonly { readonly drawing: Drawing; readonly distance: number }[];
  readonly placements: readonly Placement[];
};

/** Makes a stage of a size from a seed's choices. */
export type StageDesign = (random: SceneRandom, size: SceneSize) => Stage;

/** A figure and the number that its pixels carry. */
export type CastMember = { readonly figure: Figure; readonly placement: Placement; readonly owner: number };

/** Paints a stage from far to near. Every figure gets a number, from 1. */
export function paintStage(stage: Stage): { readonly picture: Picture; readonly cast: readonly CastMember[] } {
  const { atmosphere } = stage;
  const picture = createPicture(stage.width, stage.height);
  const paint = (drawing: Drawing, to: Affine, distance: number, owner: number) => {
    for (const shape of drawing) {
      picture.paint(shape, to, owner, (colour) => seenColour(colour, atmosphere, distance, shape.isLit));
    }
  };
  for (const { drawing, distance } of stage.backdrop) paint(drawing, identity, distance, 0);
  const placements = [...stage.placements].sort((one, other) => other.distance - one.distance);
  for (const { layers, shadow, distance } of placements) {
    if (shadow !== null) paint([shadowOf(layers, atmosphere)], shadow, distance, 0);
  }
  const cast: CastMember[] = [];
  for (const placement of placements) {
    for (const { figure, drawing } of placement.layers) {
      paint(drawing, placement.to, placement.distance, figure === null ? 0 : ownerOf(cast, figure, placement));
    }
  }
  return { picture, cast };
}

function ownerOf(cast: CastMember[], figure: Figure, placement: Placement): number {
  const known = cast.find((member) => member.figure === figure);
  if (known !== undefined) return known.owner;
  const owner = cast.length + 1;
  cast.push({ figure, placement, owner });
  return owner;
}

/** All that is solid as one shape: it darkens the ground once, however many parts overlap. */
function shadowOf(layers: readonly Layer[], { shadow }: Atmosphere) {
  const rings = layers.flatMap(({ drawing }) =>
    drawing.filter(({ role }) => role === 'body').flatMap((body) => body.rings),
  );
  return effect(rings, rgb(0x10142c), shadow.strength);
}
