/** Element types of torch storages that a checkpoint may hold, by torch's names. */
export type TorchDtype =
  | 'float16'
  | 'float32'
  | 'bfloat16'
  | 'float64'
  | 'int64'
  | 'int32'
  | 'int16'
  | 'int8'
  | 'uint8'
  | 'bool';

/** A view into one storage of the archive. Nothing is read before `read`. */
export type CheckpointTensor = {
  readonly kind: 'tensor';
  readonly dtype: TorchDtype;
  readonly shape: readonly number[];
  /** Elements between neighbours of each axis; not always the row-major ones. */
  readonly stride: readonly number[];
  /** Elements before the first one in the storage. */
  readonly offset: number;
  /** The storage's key in the archive, `data/<key>`. */
  readonly storageKey: string;
  /**
   * The elements in row-major order, little-endian, `elementBytes(dtype)` each. Rejects with a `Fault` when the storage is
   * shorter than shape, stride and offset need.
   */
  read(): Promise<Uint8Array>;
};

/** An object of a class that is no module: an inert record of its class and what was set on it. */
export type CheckpointObject = {
  readonly kind: 'object';
  readonly className: string;
  readonly attributes: ReadonlyMap<string, CheckpointValue>;
};

/** A function or class that the pickle mentions and nobody resolves: a bound `forward_fuse`, an interpolation mode. */
export type CheckpointMarker = { readonly kind: 'marker'; readonly name: string };

/** What a pickle may hold, as inert data. Lists, tuples and sets are arrays; dictionaries are maps. */
export type CheckpointValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | readonly CheckpointValue[]
  | ReadonlyMap<CheckpointValue, CheckpointValue>
  | CheckpointTensor
  | CheckpointObject
  | CheckpointMarker
  | ModuleNode;

/** A `torch.nn.Module` as it was saved. One node may stand in several places: a SiLU serves every Conv of a model. */
export type ModuleNode = {
  readonly kind: 'module';
  /** With its module path: `ultralytics.nn.modules.conv.Conv`. */
  readonly className: string;
  /** What was set on the object besides parameters, buffers, children and hooks. Class defaults are absent. */
  readonly attributes: ReadonlyMap<string, CheckpointValue>;
  /** Null where a module was made without: the bias of `Conv2d(bias=False)`. */
  readonly parameters: ReadonlyMap<string, CheckpointTensor | null>;
  readonly buffers: ReadonlyMap<string, CheckpointTensor | null>;
  /** In the order they were added. Null where fusing removed one. */
  readonly children: ReadonlyMap<string, ModuleNode | null>;
};

/** An opened `.pt` file: what it says about itself, and its network. Nothing of it has been executed. */
export type Checkpoint = {
  /** Which entry of the file the network comes from: the average (`ema`) when there is one. */
  readonly which: 'ema' | 'model';
  /** The whole network object (`DetectionModel`, …); its layers are the children of its child `model`. */
  readonly model: ModuleNode;
  /** All other entries of the file: date, version, license, train_args, train_metrics, train_results, epoch, git … */
  readonly entries: ReadonlyMap<string, CheckpointValue>;
  /** Every global the pickle names, in the order of first use. */
  readonly globals: readonly string[];
  readonly sizeBytes: number;
};
