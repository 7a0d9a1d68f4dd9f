import { beforeEach, describe, expect, it } from 'vitest';
import type { GpuProbe } from '@/lib/browser/backend-choice';
import { createPredictionService, type ServicePorts } from '@/lib/browser/prediction-service';
import type { OpenModelReply, PredictRequest, VisionEvent } from '@/lib/browser/vision-protocol';
import { Fault } from '@/lib/core/fault';
import { tinyModel } from '@/lib/engines/model-files/test-support/tiny-models';
import type { HostTensor, VisionSession } from '@/lib/engines/vision/session';
import { defaultThresholds } from '@/lib/engines/vision/vision-result';

const unwatched = { onProgress: () => undefined, signal: new AbortController().signal };
const hardware: GpuProbe = { kind: 'hardware', device: 'test gpu', shaderF16: false };

function classScores(): HostTensor {
  return { type: 'float32', data: Float32Array.of(0.1, 0.7, 0.1, 0.1), dims: [1, 4] };
}

/** A runtime whose sessions answer with fixed scores; a test makes it fail where it wants. */
function testRuntime(probe: GpuProbe) {
  const log: string[] = [];
  const events: VisionEvent[] = [];
  const failures = new Map<string, Fault>();
  let loseDevice: () => void = () => undefined;
  const ports: ServicePorts = {
    sessionFactory: (choice, onDeviceLost) => async () => {
      loseDevice = onDeviceLost;
      log.push(`open ${choice.backend}`);
      const refusal = failures.get(`open ${choice.backend}`);
      if (refusal) throw refusal;
      return session(choice.backend, choice.threads);
    },
    probeGpu: async () => probe,
    decodeImage: async () => ({
      pixels: { width: 64, height: 64, channels: 4, data: new Uint8ClampedArray(64 * 64 * 4) },
      bitmap: null,
    }),
    conversions: async () => null,
    now: () => 0,
    crossOriginIsolated: true,
    emit: (event) => events.push(event),
  };
  function session(backend: VisionSession['backend'], threads: number): VisionSession {
    return {
      backend,
      threads,
      async run() {
        const failure = failures.get(`run ${backend}`);
        if (failure) throw failure;
        return { output0: classScores() };
      },
      dispose: async () => void log.push(`dispose ${backend}`),
    };
  }
  return { ports, log, events, failures, loseDevice: () => loseDevice() };
}

function fault(code: Fault['code']): Fault {
  return new Fault({ code, found: 'found', remedy: 'remedy' });
}

function requestFor({ modelId, identity }: OpenModelReply): PredictRequest {
  return {
    modelId,
    spec: identity.readings[0].spec,
    image: { kind: 'blob', blob: new Blob() },
    imgsz: null,
    thresholds: defaultThresholds,
    wantBitmap: false,
  };
}

function modelFile(width = 64, elementType: 'float32' | 'float16' = 'float32'): Blob {
  return new Blob([new Uint8Array(tinyModel({ task: 'classify', width, elementType }))]);
}

describe('createPredictionService', () => {
  let runtime: ReturnType<typeof testRuntime>;
  beforeEach(() => {
    runtime = testRuntime(hardware);
  });

  it('makes a session on first use only and keeps it', async () => {
    const service = createPredictionService(runtime.ports);
    const model = await service.open(modelFile(), unwatched);
    expect(runtime.log).toEqual([]);
    const reply = await service.predict(requestFor(model));
    await service.predict(requestFor(model));
    expect(runtime.log).toEqual(['open webgpu']);
    expect(reply.result.task).toBe('classify');
    expect(reply.backend).toEqual({ backend: 'webgpu', threads: 1, device: 'test gpu', slowReasons: [] });
  });

  it('gives the same file the same id', async () => {
    const service = createPredictionService(runtime.ports);
    const [first, second] = [await service.open(modelFile(), unwatched), await service.open(modelFile(), unwatched)];
    expect(first.modelId).toBe(second.modelId);
    expect(first.modelId).toMatch(/^[0-9a-f]{64}$/);
  });

  it('runs a model that WebGPU refuses on WASM, and says so once', async () => {
    runtime.failures.set('open webgpu', fault('runtime-failed'));
    const service = createPredictionService(runtime.ports);
    await service.configure({ preference: 'auto', cores: 8 });
    const model = await service.open(modelFile(), unwatched);
    const reply = await service.predict(requestFor(model));
    await service.predict(requestFor(model));
    expect(reply.backend).toMatchObject({ backend: 'wasm', threads: 4, slowReasons: ['model-refused-by-webgpu'] });
    expect(runtime.log).toEqual(['open webgpu', 'open wasm']);
    expect(runtime.events).toMatchObject([{ kind: 'backend-changed', reason: 'model-refused-by-webgpu' }]);
  });

  it('goes on in WASM when the device is lost during a run', async () => {
    const service = createPredictionService(runtime.ports);
    const model = await service.open(modelFile(), unwatched);
    runtime.failures.set('run webgpu', fault('device-lost'));
    const reply = await service.predict(requestFor(model));
    expect(reply.backend).toMatchObject({ backend: 'wasm', slowReasons: ['device-lost', 'single-core'] });
    expect(runtime.events).toMatchObject([{ kind: 'backend-changed', reason: 'device-lost' }]);
  });

  it('goes on in WASM when the device was lost between runs', async () => {
    const service = createPredictionService(runtime.ports);
    const model = await service.open(modelFile(), unwatched);
    await service.predict(requestFor(model));
    runtime.loseDevice();
    expect((await service.predict(requestFor(model))).backend.backend).toBe('wasm');
    expect(runtime.events).toHaveLength(1);
  });

  it('does not run a half-precision model on a device without shader-f16', async () => {
    const service = createPredictionService(runtime.ports);
    const model = await service.open(modelFile(64, 'float16'), unwatched);
    expect((await service.predict(requestFor(model))).backend.slowReasons).toContain('no-shader-f16');
    expect(runtime.log).toEqual(['open wasm']);
  });

  it('does not try WASM again after WASM failed', async () => {
    runtime.failures.set('run wasm', fault('runtime-failed'));
    const service = createPredictionService(runtime.ports);
    await service.configure({ preference: 'wasm', cores: 8 });
    const model = await service.open(modelFile(), unwatched);
    await expect(service.predict(requestFor(model))).rejects.toMatchObject({ code: 'runtime-failed' });
    expect(runtime.log).toEqual(['open wasm']);
  });

  it('keeps two sessions alive and disposes the eldest for a third', async () => {
    const service = createPredictionService(runtime.ports);
    for (const width of [64, 96, 128])
      await service.predict(requestFor(await service.open(modelFile(width), unwatched)));
    expect(runtime.log).toEqual(['open webgpu', 'open webgpu', 'dispose webgpu', 'open webgpu']);
  });

  it('predicts for restored models and not for closed ones', async () => {
    const first = createPredictionService(runtime.ports);
    const model = await first.open(modelFile(), unwatched);
    const second = createPredictionService(runtime.ports);
    second.restore([{ modelId: model.modelId, file: modelFile() }]);
    await second.predict(requestFor(model));
    await second.close(model.modelId);
    expect(runtime.log).toEqual(['open webgpu', 'dispose webgpu']);
    await expect(second.predict(requestFor(model))).rejects.toMatchObject({ code: 'input-invalid' });
  });

  it('refuses a file that is no model before it makes a session', async () => {
    const service = createPredictionService(runtime.ports);
    await expect(service.open(new Blob(['hello']), unwatched)).rejects.toMatchObject({ code: 'model-not-onnx' });
    expect(runtime.log).toEqual([]);
  });
});
