import type { BackendPreference, SlowReason } from '@/lib/browser/vision-protocol';

/** What `navigator.gpu` turned out to be worth. */
export type GpuProbe =
  | { readonly kind: 'absent' }
  | { readonly kind: 'no-adapter' }
  | { readonly kind: 'software'; readonly device: string; readonly shaderF16: boolean }
  | { readonly kind: 'hardware'; readonly device: string; readonly shaderF16: boolean };

/** The little of WebGPU that choosing a backend needs; TypeScript's own library has no WebGPU types. */
export type GpuLike = { requestAdapter(): Promise<GpuAdapterLike | null> };

type GpuAdapterLike = {
  readonly features: { has(feature: string): boolean };
  readonly isFallbackAdapter?: boolean;
  readonly info?: {
    readonly vendor?: string;
    readonly architecture?: string;
    readonly device?: string;
    readonly description?: string;
    readonly isFallbackAdapter?: boolean;
  };
};

export type BackendSituation = {
  readonly preference: BackendPreference;
  readonly probe: GpuProbe;
  /** The network computes or is fed in half precision, which a GPU without `shader-f16` cannot. */
  readonly halfPrecision: boolean;
  /** What happened before with this model or this page, or null. */
  readonly setback: 'device-lost' | 'model-refused-by-webgpu' | null;
  readonly crossOriginIsolated: boolean;
  /** Logical cores. */
  readonly cores: number;
};

export type BackendChoice = {
  readonly backend: 'webgpu' | 'wasm';
  readonly threads: number;
  readonly device: string | null;
  readonly slowReasons: readonly SlowReason[];
};

/** More WASM threads than this stop paying for networks of this size and start to take turns. */
const mostThreads = 4;

/** Names under which processors pretend to be graphics cards: Chromium's, Mesa's and Windows' own. */
const softwareNames = /swiftshader|llvmpipe|softpipe|lavapipe|basic render|warp/i;

/** Asks once for an adapter and says what it is. A GPU process that fails counts as no adapter. */
export async function probeGpu(gpu: GpuLike | undefined): Promise<GpuProbe> {
  if (!gpu) return { kind: 'absent' };
  const adapter = await gpu.requestAdapter().catch(() => null);
  if (!adapter) return { kind: 'no-adapter' };
  const { vendor = '', architecture = '', device = '', description = '' } = adapter.info ?? {};
  const name = description || [vendor, architecture, device].filter(Boolean).join(' ') || 'GPU';
  const software =
    adapter.isFallbackAdapter === true ||
    adapter.info?.isFallbackAdapter === true ||
    softwareNames.test(`${vendor} ${architecture} ${device} ${description}`);
  return { kind: software ? 'software' : 'hardware', device: name, shaderF16: adapter.features.has('shader-f16') };
}

/**
 * Where a model should run, and why that is slower than it could be. `auto` takes WebGPU only on a real adapter;
 * a preference for WebGPU takes any adapter there is, and WASM where there is none.
 */
export function chooseBackend(situation: BackendSituation): BackendChoice {
  const obstacle = webgpuObstacle(situation);
  const { preference, probe } = situation;
  const hasAdapter = probe.kind === 'hardware' || probe.kind === 'software';
  if (preference !== 'wasm' && obstacle === null && hasAdapter) {
    const slowReasons: SlowReason[] = probe.kind === 'software' ? ['software-webgpu-adapter'] : [];
    return { backend: 'webgpu', threads: 1, device: probe.device, slowReasons };
  }
  const threads = threadCount(situation);
  const slowReasons: SlowReason[] = obstacle === null ? [] : [obstacle];
  if (!situation.crossOriginIsolated) slowReasons.push('no-cross-origin-isolation');
  else if (threads === 1) slowReasons.push('single-core');
  return { backend: 'wasm', threads, device: null, slowReasons };
}

/** Threads for WASM: one core stays free for the page; without isolation there is no shared memory and so only one. */
export function threadCount({
  cores,
  crossOriginIsolated,
}: Pick<BackendSituation, 'cores' | 'crossOriginIsolated'>): number {
  return crossOriginIsolated ? Math.max(1, Math.min(mostThreads, cores - 1)) : 1;
}

/** Why WebGPU is not taken; null when it is, or when the person asked for WASM. */
function webgpuObstacle({ preference, probe, halfPrecision, setback }: BackendSituation): SlowReason | null {
  if (preference === 'wasm') return null;
  if (setback !== null) return setback;
  switch (probe.kind) {
    case 'absent':
      return 'no-webgpu-in-browser';
    case 'no-adapter':
      return 'no-webgpu-adapter';
    case 'software':
      if (preference === 'auto') return 'software-webgpu-adapter';
      break;
    case 'hardware':
      break;
  }
  return halfPrecision && !probe.shaderF16 ? 'no-shader-f16' : null;
}
