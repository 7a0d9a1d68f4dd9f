import type {
  CheckpointMarker,
  CheckpointObject,
  CheckpointTensor,
  CheckpointValue,
  ModuleNode,
  TorchDtype,
} from '@/lib/engines/model-files/checkpoint/checkpoint';

/** A network object between NEWOBJ, which makes it, and BUILD, which fills it. */
export class PickledModule implements ModuleNode {
  readonly kind = 'module';
  readonly className: string;
  readonly attributes = new Map<string, CheckpointValue>();
  readonly parameters = new Map<string, CheckpointTensor | null>();
  readonly buffers = new Map<string, CheckpointTensor | null>();
  readonly children = new Map<string, ModuleNode | null>();

  constructor(className: string) {
    this.className = className;
  }
}

/** Any other object between NEWOBJ and BUILD. */
export class PickledObject implements CheckpointObject {
  readonly kind = 'object';
  readonly className: string;
  readonly attributes = new Map<string, CheckpointValue>();

  constructor(className: string) {
    this.className = className;
  }
}

/** The storage that a persistent id names. It stands only between the id and the tensor that views it. */
export class TorchStorage implements CheckpointMarker {
  readonly kind = 'marker';
  readonly name: string;
  readonly dtype: TorchDtype;
  readonly key: string;

  constructor(dtype: TorchDtype, key: string) {
    this.name = `storage ${key}`;
    this.dtype = dtype;
    this.key = key;
  }
}

/** numpy's name of an element type, as `f8` or `i4`. BUILD tells it its byte order. */
export class NumpyDtype implements CheckpointMarker {
  readonly kind = 'marker';
  readonly name: string;
  littleEndian = true;

  constructor(name: string) {
    this.name = name;
  }
}

/** Lists and sets may still grow; tuples are frozen when they are made. */
export function isGrowing(value: CheckpointValue | undefined): value is CheckpointValue[] {
  return Array.isArray(value) && !Object.isFrozen(value);
}

/** Every dictionary of a pickle is a `Map` that the machine made itself, so that it may still grow. */
export function isDictionary(value: CheckpointValue | undefined): value is Map<CheckpointValue, CheckpointValue> {
  return value instanceof Map;
}
