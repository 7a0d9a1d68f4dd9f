/** A module tree as JSON can hold it, its tensors in one flat vector beside it. */
export type CheckpointRecord = {
  readonly version: 1;
  /** Each module after those that it holds, so that none can hold itself; one that stands in several places is here once. */
  readonly modules: readonly ModuleRecord[];
  /** Number of the network among the modules. */
  readonly root: number;
  readonly entries: readonly (readonly [string, ValueRecord])[];
};

export type ModuleRecord = {
  readonly className: string;
  readonly attributes: readonly (readonly [string, ValueRecord])[];
  readonly parameters: readonly (readonly [string, TensorRecord | null])[];
  readonly buffers: readonly (readonly [string, TensorRecord | null])[];
  readonly children: readonly (readonly [string, number | null])[];
};

/** A float32 tensor: its shape, and where it begins in the flat vector. */
export type TensorRecord = { readonly shape: readonly number[]; readonly offset: number };

/** Values that JSON has not are objects of one key that says what they are. */
export type ValueRecord =
  | null
  | boolean
  | number
  | string
  | { readonly list: readonly ValueRecord[] }
  | { readonly map: readonly (readonly [ValueRecord, ValueRecord])[] }
  | { readonly number: 'NaN' | 'Infinity' | '-Infinity' | '-0' }
  | { readonly bigint: string }
  | { readonly tensor: TensorRecord }
  | {
      readonly object: { readonly className: string; readonly attributes: readonly (readonly [string, ValueRecord])[] };
    }
  | { readonly marker: string }
  | { readonly module: number };

/** What of a file's entries beside its network says something about the network. */
export const keptEntries: readonly string[] = ['date', 'version', 'license', 'docs', 'train_args'];

/** The deepest networks nest a dozen levels; values in values are as few. */
export const deepestRecord = 64;
