import { open, readFile } from 'node:fs/promises';
import { Fault } from '@/lib/core/fault';
import { readImageHeader } from '@/lib/engines/vision/image-header';
import { checkImageHeader } from '@/lib/engines/vision/image-limits';

/** A file of the serialisation that ONNX uses (protobuf) cannot be larger. */
const maximumModelBytes = 2 ** 31 - 1;

/** The pixels of the largest image that is read, stored plainly with four bytes each: no sensible file is larger. */
const maximumImageBytes = 2 ** 29;

/** Enough to tell a video or an archive from an image. */
const headBytes = 4096;

/** The bytes of a model file. `name` is the path as it was typed. Throws a `Fault` (`file-not-found`, `model-too-large`). */
export async function readModelFile(path: string, name: string): Promise<Uint8Array> {
  const { sizeBytes } = await readHead(path, name);
  if (sizeBytes > maximumModelBytes) {
    throw new Fault({
      code: 'model-too-large',
      found: `The model is ${gigabytes(sizeBytes)} large; an ONNX file has at most 2 GB.`,
      remedy: 'Export it in half precision (half=True).',
    });
  }
  return readWhole(path, name);
}

/** The bytes of an image file; what is much too large to be one is refused by its head. Throws a `Fault`. */
export async function readImageFile(path: string, name: string): Promise<Uint8Array> {
  const { head, sizeBytes } = await readHead(path, name);
  if (sizeBytes <= maximumImageBytes) return readWhole(path, name);
  checkImageHeader(readImageHeader(head));
  throw new Fault({
    code: 'image-too-large',
    found: `The image file is ${gigabytes(sizeBytes)} large; at most 0.5 GB are read.`,
    remedy: 'Scale it down, or cut it into parts.',
  });
}

/** The state of the largest network that trains on a CPU takes a few gigabytes less. */
const maximumStateBytes = 2 ** 32;

/** The bytes of a last.ckpt. Throws a `Fault` (`file-not-found`, `model-too-large`). */
export async function readStateFile(path: string, name: string): Promise<Uint8Array> {
  const { sizeBytes } = await readHead(path, name);
  if (sizeBytes > maximumStateBytes) {
    throw new Fault({
      code: 'model-too-large',
      found: `“${name}” is ${gigabytes(sizeBytes)} large, which no training state is.`,
      remedy: 'Give the last.ckpt of a run folder.',
    });
  }
  return readWhole(path, name);
}

/** Throws a `Fault` (`file-not-found`) that says why a file cannot be read. */
export async function checkReadable(path: string, name: string): Promise<void> {
  await readHead(path, name);
}

async function readHead(path: string, name: string): Promise<{ head: Uint8Array; sizeBytes: number }> {
  try {
    const file = await open(path);
    try {
      const { size } = await file.stat();
      const { buffer, bytesRead } = await file.read(new Uint8Array(headBytes), 0, headBytes, 0);
      return { head: buffer.subarray(0, bytesRead), sizeBytes: size };
    } finally {
      await file.close();
    }
  } catch (cause) {
    throw unreadable(name, cause);
  }
}

async function readWhole(path: string, name: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw unreadable(name, cause);
  }
}

function unreadable(name: string, cause: unknown): Fault {
  const code = cause instanceof Error && 'code' in cause ? cause.code : null;
  const reasons = new Map<unknown, string>([
    ['ENOENT', 'does not exist'],
    ['EISDIR', 'is a folder, not a file'],
    ['EACCES', 'may not be read by this user'],
  ]);
  return new Fault(
    {
      code: 'file-not-found',
      found: `“${name}” ${reasons.get(code) ?? `cannot be read (${String(code ?? cause)})`}.`,
      remedy: 'Check the path.',
    },
    { cause },
  );
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
