import type { Colour } from '@/lib/engines/scenes/raster/colour';

/** A closed line of flat x, y pairs, not closed by a repeated point. */
export type Ring = Float64Array;

/** What fills a shape, in the shape's own coordinates. Gradients run from `from` to `to` and stay so beyond their ends. */
export type Paint =
  | { readonly kind: 'solid'; readonly colour: Colour }
  | {
      readonly kind: 'linear';
      readonly from: Colour;
      readonly to: Colour;
      /** x1, y1, x2, y2. */
      readonly axis: readonly [number, number, number, number];
    }
  | {
      readonly kind: 'radial';
      readonly from: Colour;
      readonly to: Colour;
      /** cx, cy, radius. */
      readonly circle: readonly [number, number, number];
      /** Whether it fades out towards the rim instead of changing its colour. */
      readonly fades: boolean;
    };

/** A filled area: the union of its rings where they all run the same way, less those that run the other way. */
export type Shape = {
  readonly rings: readonly Ring[];
  readonly paint: Paint;
  /** 0–1. */
  readonly alpha: number;
  /**
   * `body` hides what is behind it and belongs to the object's silhouette; `effect` (shadows, glows, reflections) tints what is there
   * and belongs to nobody.
   */
  readonly role: 'body' | 'effect';
  /** Lamps and screens keep their colour at night. */
  readonly isLit: boolean;
};

export type Drawing = readonly Shape[];

type Look = Partial<Pick<Shape, 'alpha' | 'role' | 'isLit'>>;

/** A shape of rings and a paint; a plain colour is a paint as well. */
export function shape(rings: Ring | readonly Ring[], paint: Paint | Colour, look: Look = {}): Shape {
  return {
    rings: rings instanceof Float64Array ? [rings] : rings,
    paint: 'kind' in paint ? paint : { kind: 'solid', colour: paint },
    alpha: look.alpha ?? 1,
    role: look.role ?? 'body',
    isLit: look.isLit ?? false,
  };
}

/** A tint over what is there already. */
export function effect(rings: Ring | readonly Ring[], paint: Paint | Colour, alpha: number): Shape {
  return shape(rings, paint, { alpha, role: 'effect' });
}

/** A spot of light that fades out towards its rim and is not dimmed by the night. */
export function glow(ring: Ring, colour: Colour, circle: readonly [number, number, number], alpha: number): Shape {
  return shape(
    ring,
    { kind: 'radial', from: colour, to: colour, circle, fades: true },
    { alpha, role: 'effect', isLit: true },
  );
}

export function linear(from: Colour, to: Colour, ...axis: [number, number, number, number]): Paint {
  return { kind: 'linear', from, to, axis };
}

export function radial(from: Colour, to: Colour, ...circle: [number, number, number]): Paint {
  return { kind: 'radial', from, to, circle, fades: false };
}
