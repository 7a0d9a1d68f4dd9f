import { existingOriginFile, type OriginFolder, removeOriginFile, writeOriginFile } from '@/lib/browser/origin-files';

/** What is kept of the last run, besides its model, which is among the models of this machine. */
export type KeptRun = {
  /** SHA-256 of the ONNX file. */
  readonly modelId: string;
  readonly name: string;
  /** Epoch of its weights, from 1, and of how many. */
  readonly epoch: number;
  readonly epochs: number;
  /** The measure of the weights by the field's name (`mAP50(B)`); empty where none was taken. */
  readonly metrics: Readonly<Record<string, number>>;
  readonly isHeldOut: boolean;
  /** Milliseconds since 1970. */
  readonly endedAt: number;
};

/** The last run of this machine. */
export type RunShelf = {
  load(): Promise<KeptRun | null>;
  keep(run: KeptRun): Promise<void>;
  forget(): Promise<void>;
};

const folderName = 'training';
const fileName = 'last-run.json';

/** Opens the shelf in the browser's origin-private file system. Rejects where the browser offers none. */
export async function openRunShelf(storage: Pick<StorageManager, 'getDirectory'>): Promise<RunShelf> {
  const root = await storage.getDirectory();
  return runShelf(await root.getDirectoryHandle(folderName, { create: true }));
}

export function runShelf(folder: OriginFolder): RunShelf {
  return {
    async load() {
      const file = await existingOriginFile(folder, fileName);
      return file === null ? null : parsedRun(await file.text());
    },
    keep: (run) => writeOriginFile(folder, fileName, JSON.stringify(run)),
    forget: () => removeOriginFile(folder, fileName),
  };
}

/** What lies on a disk may be of another version, or cut short. */
function parsedRun(text: string): KeptRun | null {
  try {
    const value: unknown = JSON.parse(text);
    return isKeptRun(value) ? value : null;
  } catch {
    return null;
  }
}

function isKeptRun(value: unknown): value is KeptRun {
  if (typeof value !== 'object' || value === null) return false;
  const run: Partial<Record<keyof KeptRun, unknown>> = value;
  return (
    typeof run.modelId === 'string' &&
    typeof run.name === 'string' &&
    Number.isInteger(run.epoch) &&
    Number.isInteger(run.epochs) &&
    typeof run.isHeldOut === 'boolean' &&
    typeof run.endedAt === 'number' &&
    typeof run.metrics === 'object' &&
    run.metrics !== null &&
    Object.values(run.metrics).every((metric) => typeof metric === 'number')
  );
}
