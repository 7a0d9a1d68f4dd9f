import { describe, expect, it } from 'vitest';
import { webgpuLayout } from '@/lib/browser/webgpu-layout';
import { conv } from '@/lib/engines/graph/conv';
import { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import { graphBytes } from '@/lib/engines/training/step/graph-bytes';

/** A convolution of so many channels by a weight that is stored, or fed. */
function model(channels: number, kernel: number, weight: 'stored' | 'fed'): Uint8Array {
  const g = new GraphBuilder();
  const shape = [8, channels, kernel, kernel];
  const x = g.input('x', { elementType: 'float32', shape: [1, channels, 8, 8] });
  const w =
    weight === 'fed'
      ? g.input('w', { elementType: 'float32', shape })
      : g.constant('float32', shape, new Uint8Array(4 * 8 * channels * kernel * kernel));
  g.output('y', conv(g, x, w, null, {}));
  return graphBytes(g);
}

describe('the layout of maps on WebGPU', () => {
  it.each([3, 4, 8, 10, 12, 16, 24])('is channels last for convolutions of %i channels', async (channels) => {
    expect(await webgpuLayout(model(channels, 3, 'stored'))).toBe('NHWC');
  });

  it.each([6, 9, 15, 18, 30])(
    'is channels first for convolutions of %i channels, which the runtime misreads',
    async (channels) => {
      expect(await webgpuLayout(model(channels, 3, 'stored'))).toBe('NCHW');
    },
  );

  it('minds no products of single pixels', async () => {
    expect(await webgpuLayout(model(6, 1, 'stored'))).toBe('NHWC');
  });

  it('is channels first where weights are computed or the graph cannot be read', async () => {
    expect(await webgpuLayout(model(8, 3, 'fed'))).toBe('NCHW');
    expect(await webgpuLayout(Uint8Array.of(10, 200, 1))).toBe('NCHW');
  });
});
