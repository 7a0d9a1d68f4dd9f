import { describe, expect, it } from 'vitest';
import { probeAt } from '@/components/test/stage-area/probe-at';
import type { VisionResult } from '@/lib/engines/vision/vision-result';

const image = { width: 2, height: 2 };
const semantic: VisionResult = {
  task: 'semantic',
  image,
  names: ['sky', 'road'],
  classMap: new Uint8Array([0, 0, 1, 0]),
};
const depth: VisionResult = {
  task: 'depth',
  image,
  names: [],
  depth: new Float32Array([1, 2, 3.456, 4]),
  range: { min: 1, max: 4 },
};

describe('the value under the pointer', () => {
  it('names the class of the pixel, and the depth in metres', () => {
    expect(probeAt(semantic, { x: 0.9, y: 1.2 })).toBe('road');
    expect(probeAt(depth, { x: 0, y: 1 })).toBe('3.46 m');
  });

  it('is nothing beside the image', () => {
    expect(probeAt(semantic, { x: 2, y: 0 })).toBeNull();
    expect(probeAt(semantic, { x: -0.1, y: 0 })).toBeNull();
  });
});
