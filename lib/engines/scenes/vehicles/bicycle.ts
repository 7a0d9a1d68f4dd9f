import type { SceneRandom } from '@/lib/engines/scenes/random';
import { darker, lighter, rgb } from '@/lib/engines/scenes/raster/colour';
import { capsule, ellipse, hole, roundedPolygon, stroke } from '@/lib/engines/scenes/raster/rings';
import { type Drawing, type Shape, shape } from '@/lib/engines/scenes/raster/shape';
import { lacquer, tyre } from '@/lib/engines/scenes/vehicles/parts';

const radius = 0.36;
const rearHub = [-0.54, -radius] as const;
const frontHub = [0.56, -radius] as const;
const crank = [-0.06, -0.3] as const;
const seatTop = [-0.24, -0.84] as const;
const headTube = [0.37, -0.86] as const;

/** Where a rider touches it. */
export const saddle = { x: -0.26, y: -0.95 } as const;

/** A bicycle that rides to the right, on y = 0; its wheels count as discs, as annotators draw them. */
export function drawBicycle(random: SceneRandom): Drawing {
  const colour = lacquer(random);
  const tube = (from: readonly [number, number], to: readonly [number, number], width = 0.05): Shape =>
    shape(capsule(from[0], from[1], width / 2, to[0], to[1]), { kind: 'solid', colour });
  const hasBasket = random.chance(0.3);
  return [
    ...bicycleWheel(rearHub),
    ...bicycleWheel(frontHub),
    tube(rearHub, crank, 0.04),
    tube(rearHub, [-0.22, -0.74], 0.036),
    tube(crank, seatTop),
    tube(crank, [0.4, -0.76], 0.06),
    tube([-0.21, -0.74], headTube),
    tube([0.35, -0.98], frontHub, 0.045),
    shape(stroke(0.04, [0.35, -0.98], [0.5, -1.04], [0.53, -0.98]), rgb(0x2a2c33)),
    shape(capsule(seatTop[0], seatTop[1], 0.02, -0.26, -0.92), rgb(0x8f969f)),
    shape(roundedPolygon(0.03, [-0.42, -0.97], [-0.1, -0.955], [-0.13, -0.91], [-0.4, -0.9]), rgb(0x2a2321)),
    shape(ellipse(crank[0], crank[1], 0.09), rgb(0x3c4049)),
    shape(ellipse(crank[0], crank[1], 0.045), rgb(0xb9c0c8)),
    shape(stroke(0.03, [-0.16, -0.17], [0.04, -0.43]), rgb(0x3c4049)),
    shape(capsule(-0.22, -0.17, 0.02, -0.1, -0.17), rgb(0x22242b)),
    shape(capsule(-0.02, -0.43, 0.02, 0.1, -0.43), rgb(0x22242b)),
    ...(hasBasket
      ? [
          shape(
            roundedPolygon(0.03, [0.46, -1.0], [0.84, -1.0], [0.78, -0.74], [0.5, -0.74]),
            darker(rgb(0xb98d5a), 0.05),
          ),
        ]
      : []),
  ];
}

function bicycleWheel([x, y]: readonly [number, number]): Shape[] {
  const spokes = Array.from({ length: 6 }, (_, k) => {
    const angle = (Math.PI * k) / 6;
    const [dx, dy] = [radius * 0.92 * Math.cos(angle), radius * 0.92 * Math.sin(angle)];
    return capsule(x - dx, y - dy, 0.005, x + dx, y + dy);
  });
  return [
    shape(ellipse(x, y, radius * 0.95), lighter(rgb(0xaab4bf), 0.3), { alpha: 0.34 }),
    shape(spokes, rgb(0xd5dae0), { alpha: 0.75 }),
    shape([ellipse(x, y, radius), hole(ellipse(x, y, radius * 0.84))], tyre),
    shape([ellipse(x, y, radius * 0.85), hole(ellipse(x, y, radius * 0.79))], rgb(0xc2c8cf)),
    shape(ellipse(x, y, 0.045), rgb(0x5b616b)),
  ];
}
