import type { CheckpointTensor, TorchDtype } from '@/lib/engines/model-files/checkpoint/checkpoint';
import type { CheckpointArchive } from '@/lib/engines/model-files/checkpoint/checkpoint-archive';
import { damagedCheckpoint, quoted } from '@/lib/engines/model-files/checkpoint/checkpoint-faults';
import { readZipEntry } from '@/lib/engines/model-files/checkpoint/read-zip-entry';
import { elementBytes } from '@/lib/engines/model-files/checkpoint/torch-dtypes';

/** Where the elements of a tensor stand in its storage; everything in elements. */
export type TensorView = Pick<CheckpointTensor, 'dtype' | 'shape' | 'stride' | 'offset' | 'storageKey'>;

/** Elements from the first one of a view to its last, both counted. */
type Extent = { readonly elements: number; readonly span: number };

/** The storages of an archive. Nothing is read before a tensor is. */
export class TorchStorages {
  readonly #archive: CheckpointArchive;

  constructor(archive: CheckpointArchive) {
    this.#archive = archive;
  }

  /** A tensor over a storage. Its numbers are checked when it is read, and before by whoever asks `defectOf`. */
  tensor(view: TensorView): CheckpointTensor {
    return { kind: 'tensor', ...view, read: () => this.#read(view) };
  }

  /** Why a tensor cannot be read, as a clause, or null. Nothing is read for it. */
  defectOf(view: TensorView): string | null {
    const entry = this.#archive.storages.get(view.storageKey);
    if (entry === undefined) return `its numbers (data/${quoted(view.storageKey)}) are not in the file`;
    const { elements, span } = extentOf(view);
    const stored = Math.floor(entry.sizeBytes / elementBytes(view.dtype));
    if (elements > stored) return `its shape has ${countOf(elements)} elements, and the file holds ${stored} for it`;
    if (elements > 0 && view.offset + span > stored) {
      return `it reaches to element ${countOf(view.offset + span)}, and the file holds ${stored} for it`;
    }
    return null;
  }

  async #read(view: TensorView): Promise<Uint8Array> {
    const defect = this.defectOf(view);
    const entry = this.#archive.storages.get(view.storageKey);
    if (defect !== null || entry === undefined) throw damagedCheckpoint(`a tensor cannot be read: ${defect}`);
    const { elements, span } = extentOf(view);
    if (elements === 0) return new Uint8Array(0);
    const width = elementBytes(view.dtype);
    const range = { from: view.offset * width, length: span * width };
    const bytes = await readZipEntry(this.#archive.source, entry, range);
    return isRowMajor(view) ? bytes : gather(bytes, view, elements);
  }
}

/** Number of bytes that a tensor's elements take. */
export function tensorBytes({
  shape,
  dtype,
}: {
  readonly shape: readonly number[];
  readonly dtype: TorchDtype;
}): number {
  return shape.reduce((product, length) => product * length, 1) * elementBytes(dtype);
}

/** Beyond 2⁵³ the numbers are inexact, and so large that every comparison with a file's size comes out the same. */
function extentOf({ shape, stride }: TensorView): Extent {
  const elements = shape.reduce((product, length) => product * length, 1);
  if (elements === 0) return { elements, span: 0 };
  return { elements, span: shape.reduce((span, length, axis) => span + (length - 1) * stride[axis], 1) };
}

function countOf(elements: number): string {
  return Number.isSafeInteger(elements) ? String(elements) : elements.toExponential(2);
}

/** An axis of length 1 may have any stride: nobody steps along it. */
function isRowMajor({ shape, stride }: TensorView): boolean {
  let expected = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] !== 1 && stride[axis] !== expected) return false;
    expected *= shape[axis];
  }
  return true;
}

/** Copies elements that lie scattered, as those of a transposed or channels-last tensor, into row-major order. */
function gather(source: Uint8Array, { shape, stride, dtype }: TensorView, elements: number): Uint8Array {
  const width = elementBytes(dtype);
  const target = new Uint8Array(elements * width);
  const index = shape.map(() => 0);
  let from = 0;
  for (let to = 0; to < target.length; to += width) {
    for (let byte = 0; byte < width; byte++) target[to + byte] = source[from * width + byte];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis] += 1;
      from += stride[axis];
      if (index[axis] < shape[axis]) break;
      from -= shape[axis] * stride[axis];
      index[axis] = 0;
    }
  }
  return target;
}
