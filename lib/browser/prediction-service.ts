import { type BackendChoice, chooseBackend, type GpuProbe } from '@/lib/browser/backend-choice';
import { type CheckpointPorts, openModelFile } from '@/lib/browser/open-model-file';
import { readable } from '@/lib/browser/readable-file';
import { createSessionCache } from '@/lib/browser/session-cache';
import type { OpenedFile } from '@/lib/browser/vision-messages';
import type {
  BackendPreference,
  BackendReport,
  ConversionProgress,
  ConversionTarget,
  ImageInput,
  OpenProgress,
  PredictReply,
  PredictRequest,
  VisionEvent,
} from '@/lib/browser/vision-protocol';
import type { WorkWatch } from '@/lib/browser/work-watch';
import { Fault } from '@/lib/core/fault';
import { blobSource } from '@/lib/engines/model-files/byte-source';
import { identifyModel } from '@/lib/engines/model-files/identify-model';
import type { ModelFileReport } from '@/lib/engines/model-files/inspect-model-file';
import type { ModelFacts, ModelIdentity } from '@/lib/engines/model-files/model-facts';
import type { PixelImage } from '@/lib/engines/vision/pixel-image';
import { createPredictor, type Prediction, type Predictor } from '@/lib/engines/vision/predictor';
import type { SessionFactory, VisionSession } from '@/lib/engines/vision/session';

/** Two models are compared side by side; a third live session would only hold memory. */
const liveSessions = 2;

/**
 * Largest model the browser takes. WebAssembly addresses 4 GB, and while a session is made the file, its parsed graph and the
 * packed weights stand side by side.
 */
const maxModelBytes = 1024 ** 3;

type DecodedImage = { readonly pixels: PixelImage; readonly bitmap: ImageBitmap | null };

/** What the service needs from the browser, handed in so that it can be tested without one. */
export type ServicePorts = CheckpointPorts & {
  readonly sessionFactory: (choice: BackendChoice, onDeviceLost: () => void) => SessionFactory;
  readonly probeGpu: () => Promise<GpuProbe>;
  readonly decodeImage: (image: ImageInput, options: { wantBitmap: boolean }) => Promise<DecodedImage>;
  readonly crossOriginIsolated: boolean;
  readonly emit: (event: VisionEvent) => void;
};

export type PredictionService = {
  configure(settings: { preference: BackendPreference; cores: number }): Promise<void>;
  open(file: Blob, watch: WorkWatch<OpenProgress>): Promise<OpenedFile>;
  inspect(file: Blob): Promise<ModelFileReport>;
  convert(file: Blob, target: ConversionTarget, watch: WorkWatch<ConversionProgress>): Promise<Blob>;
  restore(models: readonly { modelId: string; file: Blob }[]): void;
  close(modelId: string): Promise<void>;
  predict(request: PredictRequest): Promise<PredictReply>;
};

type OpenModel = {
  /** The ONNX file that runs. */
  readonly file: Blob;
  identity: ModelIdentity | null;
  refusedByWebgpu: boolean;
};

type LiveModel = {
  readonly session: VisionSession;
  readonly report: BackendReport;
  /** The predictor of the reading used last; another reading of the same file shares the session. */
  predictor: { readonly reading: string; readonly run: Predictor } | null;
  dispose(): Promise<void>;
};

/**
 * The one owner of models and sessions: what the worker does between two messages. Its calls must not overlap. A model's bytes
 * are read from its file when a session is made and not kept: the file is the copy.
 */
export function createPredictionService(ports: ServicePorts): PredictionService {
  const models = new Map<string, OpenModel>();
  const sessions = createSessionCache<LiveModel>(liveSessions);
  let settings: { preference: BackendPreference; cores: number } = { preference: 'auto', cores: 1 };
  let probe: Promise<GpuProbe> | null = null;
  let deviceLost = false;
  /** Where the prediction under way runs. */
  let attempted: 'webgpu' | 'wasm' = 'wasm';

  async function choice(model: OpenModel | null, facts: ModelFacts | null): Promise<BackendChoice> {
    probe ??= ports.probeGpu();
    return chooseBackend({
      preference: settings.preference,
      probe: settings.preference === 'wasm' ? { kind: 'absent' } : await probe,
      halfPrecision: facts !== null && computesInHalves(facts),
      setback: deviceLost ? 'device-lost' : model?.refusedByWebgpu ? 'model-refused-by-webgpu' : null,
      crossOriginIsolated: ports.crossOriginIsolated,
      cores: settings.cores,
    });
  }

  async function onDeviceLost(): Promise<void> {
    if (deviceLost) return;
    deviceLost = true;
    const report = reportOf(await choice(null, null));
    ports.emit({ kind: 'backend-changed', report, reason: 'device-lost' });
  }

  async function liveModel(modelId: string): Promise<LiveModel> {
    const model = models.get(modelId);
    if (!model) throw unknownModel();
    model.identity ??= await identifyModel(blobSource(model.file));
    const { facts } = model.identity;
    const chosen = await choice(model, facts);
    attempted = chosen.backend;
    return sessions.get(sessionKey(chosen.backend, modelId), async () => {
      const factory = ports.sessionFactory(chosen, () => void onDeviceLost());
      const session = await factory(await readModel(model.file), facts);
      return { session, report: reportOf(chosen), predictor: null, dispose: () => session.dispose() };
    });
  }

  async function refuseWebgpu(modelId: string, model: OpenModel): Promise<void> {
    model.refusedByWebgpu = true;
    await sessions.drop(sessionKey('webgpu', modelId));
    const report = reportOf(await choice(model, model.identity?.facts ?? null));
    ports.emit({ kind: 'backend-changed', report, reason: 'model-refused-by-webgpu' });
  }

  async function predictOnce(request: PredictRequest, pixels: PixelImage): Promise<[Prediction, BackendReport]> {
    const live = await liveModel(request.modelId);
    const reading = JSON.stringify(request.spec);
    if (live.predictor?.reading !== reading) {
      live.predictor = { reading, run: createPredictor(live.session, request.spec) };
    }
    const [prediction] = await live.predictor.run.predict([pixels], {
      imgsz: request.imgsz,
      thresholds: request.thresholds,
    });
    if (!prediction) throw new Error('The predictor answered for no image.');
    return [prediction, live.report];
  }

  /** Runs on the chosen backend, and once more on WASM when WebGPU lost its device or cannot run this model. */
  async function predictSomewhere(request: PredictRequest, pixels: PixelImage): Promise<[Prediction, BackendReport]> {
    try {
      return await predictOnce(request, pixels);
    } catch (error) {
      const model = models.get(request.modelId);
      if (!model || attempted !== 'webgpu' || !isWebgpuSetback(error)) throw error;
      if (error.code === 'device-lost') await onDeviceLost();
      if (deviceLost) await sessions.clear();
      else await refuseWebgpu(request.modelId, model);
      return predictOnce(request, pixels);
    }
  }

  return {
    async configure(next) {
      if (next.preference !== settings.preference) await sessions.clear();
      settings = next;
      for (const model of models.values()) model.refusedByWebgpu = false;
    },

    async open(file, watch) {
      if (file.size > maxModelBytes) throw modelTooLarge(file.size);
      const opened = await readable(openModelFile(file, ports, watch));
      const { modelId, identity, runnable } = opened;
      models.set(modelId, { file: runnable, identity, refusedByWebgpu: false });
      return opened;
    },

    async inspect(file) {
      const { inspectModelFile } = await import('@/lib/engines/model-files/inspect-model-file');
      return readable(inspectModelFile(blobSource(file)));
    },

    async convert(file, target, watch) {
      if (file.size > maxModelBytes) throw modelTooLarge(file.size);
      const { convertFile } = await import('@/lib/browser/checkpoint-work');
      return readable(convertFile(file, target, watch));
    },

    restore(known) {
      for (const { modelId, file } of known) models.set(modelId, { file, identity: null, refusedByWebgpu: false });
    },

    async close(modelId) {
      models.delete(modelId);
      await sessions.drop(sessionKey('webgpu', modelId));
      await sessions.drop(sessionKey('wasm', modelId));
    },

    async predict(request) {
      const started = performance.now();
      const { pixels, bitmap } = await ports.decodeImage(request.image, { wantBitmap: request.wantBitmap });
      const decode = performance.now() - started;
      try {
        const [prediction, backend] = await predictSomewhere(request, pixels);
        const { result, output, timings } = prediction;
        return { result, output, timings: { ...timings, decode }, backend, bitmap };
      } catch (error) {
        bitmap?.close();
        throw error;
      }
    },
  };
}

function sessionKey(backend: 'webgpu' | 'wasm', modelId: string): string {
  return `${backend} ${modelId}`;
}

function reportOf({ backend, threads, device, slowReasons }: BackendChoice): BackendReport {
  return { backend, threads, device, slowReasons };
}

function computesInHalves({ precision, inputs }: ModelFacts): boolean {
  return precision === 'fp16' || inputs.some((input) => input.elementType === 'float16');
}

/** Errors that another backend may not have. A damaged file, an image that is not one or a wrong shape stay what they are. */
function isWebgpuSetback(error: unknown): error is Fault {
  if (!(error instanceof Fault)) return false;
  const { code } = error;
  return (
    code === 'device-lost' || code === 'runtime-failed' || code === 'model-unknown-operator' || code === 'out-of-memory'
  );
}

async function readModel(file: Blob): Promise<Uint8Array> {
  return new Uint8Array(await readable(file.arrayBuffer()));
}

function modelTooLarge(sizeBytes: number): Fault {
  const megabytes = Math.ceil(sizeBytes / 1024 ** 2);
  return new Fault({
    code: 'model-too-large',
    found: `The model has ${megabytes} MB; a browser runs models up to ${maxModelBytes / 1024 ** 2} MB.`,
    remedy: 'Use the command line for it, or export it with half precision.',
  });
}

function unknownModel(): Fault {
  return new Fault({
    code: 'input-invalid',
    found: 'The model of this prediction is not open any more.',
    remedy: 'Drop the model again.',
  });
}
