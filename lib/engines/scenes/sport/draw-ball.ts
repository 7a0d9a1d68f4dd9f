import { type Colour, darker, lighter, rgb } from '@/lib/engines/scenes/raster/colour';
import { capsule, ellipse, polygon } from '@/lib/engines/scenes/raster/rings';
import { type Drawing, effect, type Ring, radial, type Shape, shape } from '@/lib/engines/scenes/raster/shape';

export const ballKinds = ['football', 'basketball', 'volleyball', 'tennis'] as const;

export type BallKind = (typeof ballKinds)[number];

/** Metres; balls of the street and of small games are drawn larger than they are, or nobody would see them. */
export const ballRadius: Readonly<Record<BallKind, number>> = {
  football: 0.17,
  basketball: 0.19,
  volleyball: 0.18,
  tennis: 0.13,
};

/** A ball of radius 1 about the origin, turned by `turn` radians. */
export function drawBall(kind: BallKind, turn: number): Drawing {
  const colour = rgb({ football: 0xf7f5ef, basketball: 0xe77a2f, volleyball: 0xf6d24a, tennis: 0xc9e53c }[kind]);
  return [
    shape(ellipse(0, 0, 1), radial(lighter(colour, 0.4), darker(colour, 0.3), -0.35, -0.4, 1.5)),
    ...marks[kind](turn, colour),
    effect(ellipse(-0.36, -0.42, 0.3, 0.2, -0.7), rgb(0xffffff), 0.4),
  ];
}

const marks: Readonly<Record<BallKind, (turn: number, colour: Colour) => Shape[]>> = {
  football(turn) {
    const ink = rgb(0x2b2d36);
    const spots = Array.from({ length: 5 }, (_, k) => {
      const angle = turn + (2 * Math.PI * k) / 5;
      return pentagon(0.8 * Math.cos(angle), 0.8 * Math.sin(angle), 0.19, angle);
    });
    const seams = Array.from({ length: 5 }, (_, k) => {
      const angle = turn + (2 * Math.PI * k) / 5;
      return capsule(
        0.3 * Math.cos(angle),
        0.3 * Math.sin(angle),
        0.03,
        0.68 * Math.cos(angle),
        0.68 * Math.sin(angle),
      );
    });
    return [shape([pentagon(0, 0, 0.34, turn), ...spots], ink), shape(seams, ink, { alpha: 0.7 })];
  },
  basketball(turn, colour) {
    return [
      shape(
        [...curve(turn, 0), ...curve(turn + Math.PI / 2, 0), ...curve(turn, 0.5), ...curve(turn, -0.5)],
        darker(colour, 0.75),
      ),
    ];
  },
  volleyball(turn, colour) {
    const blue = rgb(0x2f66b0);
    return [
      shape(curve(turn, 0.34).concat(curve(turn + 2.1, 0.34), curve(turn + 4.2, 0.34)), blue),
      shape(curve(turn, 0.6).concat(curve(turn + 2.1, 0.6), curve(turn + 4.2, 0.6)), darker(colour, 0.25)),
    ];
  },
  tennis(turn) {
    return [shape([...curve(turn, 0.42), ...curve(turn, -0.42)], rgb(0xfdfdf4))];
  },
};

function pentagon(x: number, y: number, radius: number, turn: number): Ring {
  const corner = (k: number): [number, number] => {
    const angle = turn + (2 * Math.PI * k) / 5;
    return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
  };
  return polygon(corner(0), corner(1), corner(2), corner(3), corner(4));
}

/** A seam across a ball that bulges by `bulge` from its middle. */
function curve(turn: number, bulge: number): Ring[] {
  const steps = 10;
  const at = (k: number): [number, number] => {
    const t = -1 + (2 * k) / steps;
    const along = t * 0.97 * Math.sqrt(Math.max(0, 1 - (bulge * (1 - t * t)) ** 2 * 0.2));
    const across = bulge * (1 - t * t * 0.55);
    const length = Math.hypot(along, across);
    const limit = length > 0.95 ? 0.95 / length : 1;
    return [
      (along * Math.cos(turn) - across * Math.sin(turn)) * limit,
      (along * Math.sin(turn) + across * Math.cos(turn)) * limit,
    ];
  };
  return Array.from({ length: steps }, (_, k) => capsule(...at(k), 0.035, ...at(k + 1)));
}
