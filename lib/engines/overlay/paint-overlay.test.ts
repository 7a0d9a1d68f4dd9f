import { describe, expect, it } from 'vitest';
import { classColour } from '@/lib/engines/overlay/class-colour';
import {
  detection,
  detections,
  image,
  type Pixel,
  paintOnBlack,
  rectangleMask,
  view,
} from '@/lib/engines/overlay/test-support/overlay-material';

const orange = pixelOf(0);
const unlabelled = view({ showLabels: false });
const black: Pixel = [0, 0, 0, 255];
const box = { x1: 50, y1: 40, x2: 120, y2: 110 };

function pixelOf(classId: number): Pixel {
  const { r, g, b } = classColour(classId);
  return [r, g, b, 255];
}

function faded([red, green, blue]: Pixel, opacity: number): Pixel {
  return [Math.round(red * opacity), Math.round(green * opacity), Math.round(blue * opacity), 255];
}

function expectNear(actual: Pixel, expected: Pixel): void {
  for (const channel of [0, 1, 2, 3] as const) {
    expect(Math.abs(actual[channel] - expected[channel]), `${actual} against ${expected}`).toBeLessThanOrEqual(2);
  }
}

describe('paintOverlay', () => {
  it('strokes a box two whole screen pixels wide in its class colour', () => {
    const at = paintOnBlack(detections('detect', detection(0, box)), unlabelled);
    expect([at(48, 70), at(49, 70), at(50, 70), at(51, 70)]).toEqual([black, orange, orange, black]);
  });

  it('keeps the stroke as wide at every zoom', () => {
    const at = paintOnBlack(detections('detect', detection(0, { x1: 10, y1: 10, x2: 40, y2: 30 })), {
      ...unlabelled,
      scale: 4,
    });
    expect([at(38, 70), at(39, 70), at(40, 70), at(41, 70)]).toEqual([black, orange, orange, black]);
  });

  it('strokes the selected box three pixels wide', () => {
    const at = paintOnBlack(detections('detect', detection(0, box)), { ...unlabelled, selected: 0 });
    expect([at(49, 70), at(50, 70), at(51, 70)].filter((pixel) => pixel.join() === orange.join())).toHaveLength(3);
  });

  it('dims everything but the hovered detection to 35 %', () => {
    const other = detection(1, { x1: 140, y1: 40, x2: 180, y2: 110 }, { classId: 1 });
    const at = paintOnBlack(detections('detect', detection(0, box), other), { ...unlabelled, hovered: 0 });
    expectNear(at(50, 70), orange);
    expectNear(at(140, 70), faded(pixelOf(1), 0.35));
  });

  it('dims nothing when what was hovered is no longer shown', () => {
    const at = paintOnBlack(detections('detect', detection(0, box)), { ...unlabelled, hovered: 99 });
    expect(at(50, 70)).toEqual(orange);
  });

  it('draws nothing of a hidden class', () => {
    const at = paintOnBlack(detections('detect', detection(0, box)), view({ hiddenClasses: new Set([0]) }));
    expect(at(50, 70)).toEqual(black);
    expect(at(52, 35)).toEqual(black);
  });

  it('puts the chip on the box, with text of the colour that reads on it', () => {
    const at = paintOnBlack(detections('detect', detection(0, box)), view());
    const chip = Array.from({ length: 60 }, (_, x) => at(50 + x, 32));
    expect(at(50, 32)).toEqual(orange);
    expect(chip.some(([red, green, blue]) => red + green + blue < 120)).toBe(true);
  });

  it("lets the view's own colour win over the palette", () => {
    const at = paintOnBlack(detections('detect', detection(0, box)), {
      ...unlabelled,
      classColours: new Map([[0, 'hsl(120 100% 50%)']]),
    });
    expect(at(50, 70)).toEqual([0, 255, 0, 255]);
  });

  it('fills a mask at the given opacity inside a solid contour', () => {
    const masked = detection(0, box, { mask: rectangleMask(box) });
    const at = paintOnBlack(detections('segment', masked), { ...unlabelled, showBoxes: false, maskOpacity: 0.5 });
    expectNear(at(80, 80), faded(orange, 0.5));
    expectNear(at(50, 80), orange);
    expect(at(30, 80)).toEqual(black);
  });

  it('draws the heading edge of a rotated box thicker than the others', () => {
    const oriented = { cx: 100, cy: 75, width: 80, height: 40, angle: 0 };
    const rotated = detection(0, { x1: 60, y1: 55, x2: 140, y2: 95 }, { oriented });
    const at = paintOnBlack(detections('obb', rotated), unlabelled);
    const width = (from: number) =>
      Array.from({ length: 12 }, (_, x) => at(from + x, 75)).filter(([red]) => red > 100).length;
    expect(width(134)).toBeGreaterThan(width(54));
  });

  it('draws keypoints of an unknown meaning without inventing limbs', () => {
    const keypoints = [
      { x: 60, y: 60, visibility: 1 },
      { x: 110, y: 60, visibility: 1 },
    ];
    const at = paintOnBlack(detections('pose', detection(0, box, { keypoints })), { ...unlabelled, showBoxes: false });
    expect(at(60, 60)).toEqual(orange);
    expect(at(90, 60)).toEqual(black);
  });

  it('joins the limbs of a COCO person and leaves out keypoints that are guesses', () => {
    const keypoints = Array.from({ length: 17 }, (_, index) => ({ x: 60 + index, y: 60, visibility: 0.1 }));
    keypoints[5] = { x: 60, y: 100, visibility: 0.9 };
    keypoints[6] = { x: 110, y: 100, visibility: 0.9 };
    const at = paintOnBlack(detections('pose', detection(0, box, { keypoints })), { ...unlabelled, showBoxes: false });
    expect(at(85, 100)).not.toEqual(black);
    expect(at(66, 60)).toEqual(black);
  });

  it('tints each pixel of a class map and leaves hidden classes clear', () => {
    const classMap = new Uint8Array(image.width * image.height).fill(1, 0, image.width * 75);
    const result = { task: 'semantic', image, names: ['road', 'sky'], classMap } as const;
    const at = paintOnBlack(result, { ...unlabelled, maskOpacity: 1, hiddenClasses: new Set([0]) });
    expect(at(100, 20)).toEqual(pixelOf(1));
    expect(at(100, 120)).toEqual(black);
  });

  it('paints near depths brighter than far ones and leaves what is no number clear', () => {
    const depth = new Float32Array(image.width * image.height).fill(1).fill(9, image.width * 75);
    depth.fill(Number.NaN, image.width * 140);
    const result = { task: 'depth', image, names: [], depth, range: { min: 1, max: 9 } } as const;
    const at = paintOnBlack(result, { ...unlabelled, maskOpacity: 1 });
    const brightness = (x: number, y: number) => at(x, y).reduce((sum, channel) => sum + channel);
    expect(brightness(100, 20)).toBeGreaterThan(brightness(100, 120) + 200);
    expect(at(100, 148)).toEqual(black);
  });

  it('draws the bar of the most probable class longest', () => {
    const result = {
      task: 'classify',
      image,
      names: ['cat', 'dog'],
      probabilities: Float32Array.of(0.2, 0.8),
    } as const;
    const at = paintOnBlack(result, view());
    const length = (classId: number) => {
      const wanted = pixelOf(classId).join();
      let count = 0;
      for (let y = 0; y < image.height; y++)
        for (let x = 0; x < image.width; x++) if (at(x, y).join() === wanted) count++;
      return count;
    };
    expect(length(1)).toBeGreaterThan(3 * length(0));
    expect(length(0)).toBeGreaterThan(0);
  });
});
