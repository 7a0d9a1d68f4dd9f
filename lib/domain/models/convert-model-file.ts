import { DomainError } from '@/lib/core/errors';
import { Fault, type FaultCode } from '@/lib/core/fault';
import type { Services } from '@/lib/domain/context';
import { onnxReading } from '@/lib/domain/models/onnx-reading';
import { findConversion } from '@/lib/domain/models/repository';
import { type FileReading, maximumModelBytes } from '@/lib/domain/models/schema';
import { converterVersion } from '@/lib/engines/architecture/converter-version';
import type { StagedBytes } from '@/lib/platform/storage/storage';

/** What became of a checkpoint: the ONNX file that runs in its place, or null with the reason in the reading. */
export type Conversion = { readonly reading: FileReading; readonly onnx: StagedBytes | null };

/** Faults of this machine at this moment rather than of the file: another try may end otherwise. */
const passingFaults: ReadonlySet<FaultCode> = new Set(['model-too-slow', 'out-of-memory', 'model-crashed']);

/**
 * Makes the ONNX file that runs in a checkpoint's place, in a process of its own, or takes the one that was made of the same bytes
 * before. A checkpoint that cannot be converted is no error: it is kept with the reason. Whoever calls discards the ONNX.
 * Throws `UNAVAILABLE` when too many wait.
 */
export async function convertModelFile(services: Services, checkpoint: StagedBytes): Promise<Conversion> {
  try {
    const onnx = (await knownConversion(services, checkpoint)) ?? (await convert(services, checkpoint));
    try {
      const reading = onnxReading(await services.inference.inspect(onnx.path));
      return { reading: { ...reading, metadata: { ...reading.metadata, format: 'pt' } }, onnx };
    } catch (error) {
      await onnx.discard();
      throw error;
    }
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { reading: unconverted(error), onnx: null };
  }
}

/** Null when nothing was made of these bytes by this version yet, or nothing of it is left. */
async function knownConversion({ db, storage, log }: Services, { sha256 }: StagedBytes): Promise<StagedBytes | null> {
  const known = await findConversion(db, sha256, converterVersion);
  if (known === null) return null;
  return storage.restage(known).catch((error: unknown) => {
    // The last model that had it may just have been deleted; else the storage is incomplete, which is told elsewhere.
    log.info({ err: error, sha256 }, 'A conversion that was made before is gone, so it is made anew');
    return null;
  });
}

async function convert({ inference, storage }: Services, { path }: StagedBytes): Promise<StagedBytes> {
  try {
    return await inference.convert(path, (pieces) => storage.stage(pieces, { maximumBytes: maximumModelBytes }));
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'PAYLOAD_TOO_LARGE') throw error;
    throw new Fault({
      code: 'model-too-large',
      found: `As ONNX in single precision the checkpoint would have more than the ${maximumModelBytes / 2 ** 20} MB that a model may have.`,
      remedy: 'Export it in half precision: yolo export model=best.pt format=onnx half=True.',
    });
  }
}

function unconverted(fault: Fault): FileReading {
  return {
    status: passingFaults.has(fault.code) ? 'failed' : 'stored',
    statusReason: fault.message,
    task: null,
    metadata: {
      format: 'pt',
      names: null,
      inputSize: null,
      stride: null,
      precision: null,
      endToEnd: null,
      opset: null,
      parameters: null,
      flops: null,
      keypointShape: null,
      properties: {},
    },
  };
}
