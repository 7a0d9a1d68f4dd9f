import type { CheckpointTensor, ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';
import { damagedCheckpoint, oversizedCheckpoint, quoted } from '@/lib/engines/model-files/checkpoint/checkpoint-faults';
import { type TorchStorages, tensorBytes } from '@/lib/engines/model-files/checkpoint/torch-storage';

/** Sharing makes a network larger than its file; no YOLO shares anything, and none needs more than this many times the file. */
const largestSharing = 4;

/**
 * Throws a `Fault` that names the first weight whose numbers are not all in the file, and one where the weights together claim
 * to be many times the file. Nothing is read for it.
 */
export function checkWeights(model: ModuleNode, storages: TorchStorages, fileBytes: number): void {
  let bytes = 0;
  for (const [name, tensor] of namedTensors(model)) {
    const defect = storages.defectOf(tensor);
    if (defect !== null) throw damagedCheckpoint(`the weight ${quoted(name)} cannot be read: ${defect}`);
    bytes += tensorBytes(tensor);
    if (bytes > largestSharing * fileBytes) {
      throw oversizedCheckpoint(`its weights claim more than ${largestSharing} times the ${fileBytes} bytes it has`);
    }
  }
}

/**
 * Parameters and buffers of a module and all modules in it by torch's names, `model.0.conv.weight`, in torch's order. What a
 * module was made without is left out.
 */
export function* namedTensors(module: ModuleNode, prefix = ''): Generator<readonly [string, CheckpointTensor]> {
  for (const tensors of [module.parameters, module.buffers]) {
    for (const [name, tensor] of tensors) if (tensor !== null) yield [`${prefix}${name}`, tensor];
  }
  for (const [name, child] of module.children) {
    if (child !== null) yield* namedTensors(child, `${prefix}${name}.`);
  }
}
