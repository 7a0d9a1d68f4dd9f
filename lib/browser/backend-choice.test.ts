import { describe, expect, it } from 'vitest';
import { type BackendSituation, chooseBackend, probeGpu, threadCount } from '@/lib/browser/backend-choice';

const situation: BackendSituation = {
  preference: 'auto',
  probe: { kind: 'hardware', device: 'apple m2', shaderF16: true },
  halfPrecision: false,
  setback: null,
  crossOriginIsolated: true,
  cores: 8,
};

function adapter(info: Record<string, unknown>, features: string[] = []) {
  return { requestAdapter: async () => ({ features: new Set(features), info }) };
}

describe('chooseBackend', () => {
  it('takes WebGPU on a real adapter and names it', () => {
    expect(chooseBackend(situation)).toEqual({ backend: 'webgpu', threads: 1, device: 'apple m2', slowReasons: [] });
  });

  it.each([
    ['no-webgpu-in-browser', { probe: { kind: 'absent' } }],
    ['no-webgpu-adapter', { probe: { kind: 'no-adapter' } }],
    ['software-webgpu-adapter', { probe: { kind: 'software', device: 'swiftshader', shaderF16: true } }],
    ['no-shader-f16', { halfPrecision: true, probe: { kind: 'hardware', device: 'old', shaderF16: false } }],
    ['device-lost', { setback: 'device-lost' }],
    ['model-refused-by-webgpu', { setback: 'model-refused-by-webgpu' }],
  ] as const)('takes WASM because of %s and says so', (reason, change) => {
    expect(chooseBackend({ ...situation, ...change })).toEqual({
      backend: 'wasm',
      threads: 4,
      device: null,
      slowReasons: [reason],
    });
  });

  it('takes a software adapter only when WebGPU was asked for', () => {
    const choice = chooseBackend({
      ...situation,
      preference: 'webgpu',
      probe: { kind: 'software', device: 'swiftshader', shaderF16: false },
    });
    expect(choice).toMatchObject({ backend: 'webgpu', slowReasons: ['software-webgpu-adapter'] });
  });

  it('gives no reason against WebGPU when WASM was asked for', () => {
    expect(chooseBackend({ ...situation, preference: 'wasm' })).toMatchObject({ backend: 'wasm', slowReasons: [] });
  });

  it('says why there is one thread', () => {
    const onWasm = { ...situation, preference: 'wasm' } as const;
    expect(chooseBackend({ ...onWasm, crossOriginIsolated: false }).slowReasons).toEqual(['no-cross-origin-isolation']);
    expect(chooseBackend({ ...onWasm, cores: 1 }).slowReasons).toEqual(['single-core']);
  });
});

describe('threadCount', () => {
  it.each([
    [1, 1],
    [2, 1],
    [4, 3],
    [5, 4],
    [64, 4],
  ])('of %i cores takes %i threads', (cores, threads) => {
    expect(threadCount({ cores, crossOriginIsolated: true })).toBe(threads);
  });

  it('is one without shared memory', () => {
    expect(threadCount({ cores: 16, crossOriginIsolated: false })).toBe(1);
  });
});

describe('probeGpu', () => {
  it('tells hardware from software', async () => {
    expect(await probeGpu(adapter({ vendor: 'nvidia', architecture: 'hopper' }, ['shader-f16']))).toEqual({
      kind: 'hardware',
      device: 'nvidia hopper',
      shaderF16: true,
    });
    expect(await probeGpu(adapter({ vendor: 'google', architecture: 'swiftshader' }))).toMatchObject({
      kind: 'software',
    });
    expect(await probeGpu(adapter({ description: 'llvmpipe (LLVM 19)' }))).toMatchObject({ kind: 'software' });
    expect(await probeGpu(adapter({ vendor: 'x', isFallbackAdapter: true }))).toMatchObject({ kind: 'software' });
  });

  it('counts a browser without WebGPU, without an adapter and with a broken one', async () => {
    expect(await probeGpu(undefined)).toEqual({ kind: 'absent' });
    expect(await probeGpu({ requestAdapter: async () => null })).toEqual({ kind: 'no-adapter' });
    expect(await probeGpu({ requestAdapter: () => Promise.reject(new Error('gpu process')) })).toEqual({
      kind: 'no-adapter',
    });
  });
});
