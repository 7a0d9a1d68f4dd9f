import type { CheckpointMarker } from '@/lib/engines/model-files/checkpoint/checkpoint';
import { storageClasses } from '@/lib/engines/model-files/checkpoint/torch-dtypes';

/**
 * What a name may stand for.
 * - `module`: a class of networks, made empty and filled with its state. `object`: another class, likewise.
 * - `function`: what REDUCE may apply, each with an inert meaning of its own (reduce-functions.ts).
 * - `storage`: the element type of a storage. `mention`: a value of its own that is only carried along.
 */
export type GlobalRole = 'module' | 'object' | 'function' | 'storage' | 'mention';

/** A name out of the pickle that may stand in a checkpoint. It is a label: nothing is looked up by it. */
export class AllowedGlobal implements CheckpointMarker {
  readonly kind = 'marker';
  readonly name: string;
  readonly role: GlobalRole;

  constructor(name: string, role: GlobalRole) {
    this.name = name;
    this.role = role;
  }
}

const exact: ReadonlyMap<string, GlobalRole> = new Map<string, GlobalRole>([
  ...names('function', [
    'collections.OrderedDict',
    'torch._utils._rebuild_tensor_v2',
    'torch._utils._rebuild_parameter',
    'torch.Size',
    'torch.device',
    '__builtin__.set',
    'builtins.set',
    '__builtin__.getattr',
    'builtins.getattr',
    'torchvision.transforms.functional.InterpolationMode',
    'pathlib.PosixPath',
    'pathlib.WindowsPath',
    'pathlib.PurePosixPath',
    'pathlib.PureWindowsPath',
    'pathlib._local.PosixPath',
    'pathlib._local.WindowsPath',
    'numpy.core.multiarray.scalar',
    'numpy._core.multiarray.scalar',
    'numpy.dtype',
    '_codecs.encode',
  ]),
  ...names('object', [
    'ultralytics.utils.IterableSimpleNamespace',
    'ultralytics.yolo.utils.IterableSimpleNamespace',
    'torchvision.transforms.transforms.Compose',
    'torchvision.transforms.transforms.Resize',
    'torchvision.transforms.transforms.CenterCrop',
    'torchvision.transforms.transforms.ToTensor',
    'torchvision.transforms.transforms.Normalize',
  ]),
  ...names('mention', ['torch.float16', 'torch.bfloat16', 'torch.float32', 'torch.float64']),
  ...names('storage', [...storageClasses.keys()]),
]);

/** Classes inside these packages, at any depth. `ultralytics.yolo` is what early 8.0 called `ultralytics`. */
const families: readonly (readonly [prefix: string, role: GlobalRole])[] = [
  ['torch.nn.modules', 'module'],
  ['ultralytics.nn.modules', 'module'],
  ['ultralytics.nn.tasks', 'module'],
  ['ultralytics.yolo.nn.modules', 'module'],
  ['ultralytics.yolo.nn.tasks', 'module'],
  ['ultralytics.utils.loss', 'object'],
  ['ultralytics.utils.tal', 'object'],
  ['ultralytics.yolo.utils.loss', 'object'],
  ['ultralytics.yolo.utils.tal', 'object'],
];

/** One word as the packages name classes, `v10Detect` too: a dotted name would reach into what the class holds. */
const className = /^(?:v\d+)?[A-Z]\w*$/;

/** What `module` `name` may stand for in a checkpoint; null for everything that no checkpoint needs. */
export function roleOfGlobal(module: string, name: string): GlobalRole | null {
  const role = name.includes('.') ? undefined : exact.get(`${module}.${name}`);
  if (role !== undefined) return role;
  const family = families.find(([prefix]) => module === prefix || module.startsWith(`${prefix}.`));
  return family === undefined || !className.test(name) ? null : family[1];
}

function names(role: GlobalRole, list: readonly string[]): [string, GlobalRole][] {
  return list.map((name) => [name, role]);
}
