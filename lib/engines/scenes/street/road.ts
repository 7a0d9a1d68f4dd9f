import { type Camera, groundPoint, reachAt } from '@/lib/engines/scenes/camera';
import type { SceneRandom } from '@/lib/engines/scenes/random';
import { type Colour, darker, lighter, mixed, rgb } from '@/lib/engines/scenes/raster/colour';
import { polygon, rectangle } from '@/lib/engines/scenes/raster/rings';
import {
  type Drawing,
  effect,
  linear,
  type Paint,
  type Ring,
  type Shape,
  shape,
} from '@/lib/engines/scenes/raster/shape';

/** Where things are on a street that runs from left to right: metres from the viewer. */
export type StreetPlan = {
  readonly nearKerb: number;
  readonly middle: number;
  readonly farKerb: number;
  readonly houses: number;
};

export function streetPlan(camera: Camera, random: SceneRandom): StreetPlan {
  const nearKerb = camera.nearest + random.between(1.7, 2.6);
  const lane = random.between(3, 3.5);
  const farKerb = nearKerb + 2 * lane;
  return { nearKerb, middle: nearKerb + lane, farKerb, houses: farKerb + random.between(2.6, 3.6) };
}

/** Pavements and the road between them, in pixels, down to the lower edge. */
export function drawStreetGround(random: SceneRandom, camera: Camera, plan: StreetPlan): Drawing {
  const asphalt = random.pick([0x5b616b, 0x666a70, 0x525861].map(rgb));
  const paving = random.pick([0xcdc3b4, 0xbfc2c4, 0xd8c9b0].map(rgb));
  const bottom = (camera.above * camera.focal) / (camera.height + 4 - camera.horizon);
  const { nearKerb, farKerb, houses, middle } = plan;
  const shapes: Shape[] = [
    band(camera, houses + 500, houses, rgb(0x9fb08a), rgb(0x9fb08a)),
    band(camera, houses, farKerb, darker(paving, 0.1), paving),
    ...joints(camera, houses, farKerb, paving),
    band(camera, farKerb, nearKerb, darker(asphalt, 0.12), lighter(asphalt, 0.04)),
    kerb(camera, farKerb, 0.14, darker(paving, 0.28)),
    band(camera, nearKerb, bottom, darker(paving, 0.04), lighter(paving, 0.08)),
    ...joints(camera, nearKerb, bottom, paving),
    kerb(camera, nearKerb - 0.05, 0.1, lighter(paving, 0.3)),
    line(camera, farKerb - 0.35),
    line(camera, nearKerb + 0.35),
    dashes(camera, middle),
  ];
  if (random.chance(0.35)) shapes.push(zebra(camera, plan, random.between(-0.5, 0.5) * reachAt(camera, middle)));
  return shapes;
}

function band(camera: Camera, far: number, near: number, from: Colour, to: Colour): Shape {
  const top = groundPoint(camera, 0, far).y;
  const bottom = groundPoint(camera, 0, near).y;
  const paint: Paint = linear(from, to, 0, top, 0, bottom);
  return shape(rectangle(-2, top, camera.width + 4, bottom - top + 0.6), paint);
}

function kerb(camera: Camera, distance: number, height: number, colour: Colour): Shape {
  const { y } = groundPoint(camera, 0, distance);
  const thick = (height * camera.focal) / distance;
  return shape(rectangle(-2, y - thick * 0.2, camera.width + 4, thick), colour);
}

/** A strip of ground between two distances and two sides. */
function tile(camera: Camera, left: number, right: number, far: number, near: number): Ring {
  const corners = [
    groundPoint(camera, left, far),
    groundPoint(camera, right, far),
    groundPoint(camera, right, near),
    groundPoint(camera, left, near),
  ];
  const [one, two, three, four] = corners.map(({ x, y }): [number, number] => [x, y]);
  return polygon(one, two, three, four);
}

function line(camera: Camera, distance: number): Shape {
  const reach = reachAt(camera, distance) + 1;
  return effect(tile(camera, -reach, reach, distance + 0.06, distance - 0.06), rgb(0xeeeae0), 0.6);
}

function dashes(camera: Camera, distance: number): Shape {
  const reach = reachAt(camera, distance) + 2;
  const rings: Ring[] = [];
  for (let x = -reach; x < reach; x += 3) rings.push(tile(camera, x, x + 1.6, distance + 0.08, distance - 0.08));
  return effect(rings, rgb(0xf4f0e4), 0.85);
}

function zebra(camera: Camera, { nearKerb, farKerb }: StreetPlan, at: number): Shape {
  const rings: Ring[] = [];
  for (let z = nearKerb + 0.35; z < farKerb - 0.5; z += 0.95) rings.push(tile(camera, at - 1.6, at + 1.6, z + 0.5, z));
  return effect(rings, rgb(0xf6f3ea), 0.9);
}

/** Lines between the slabs of a pavement. */
function joints(camera: Camera, far: number, near: number, paving: Colour): Shape[] {
  const rings: Ring[] = [];
  const reach = reachAt(camera, far) + 1;
  const step = 1.2;
  for (let x = -Math.ceil(reach / step) * step; x < reach; x += step)
    rings.push(tile(camera, x - 0.012, x + 0.012, far, near));
  for (let z = near + 0.6; z < far; z += step) rings.push(tile(camera, -reach, reach, z + 0.015, z - 0.015));
  return [effect(rings, mixed(paving, rgb(0x3a3448), 0.6), 0.3)];
}
