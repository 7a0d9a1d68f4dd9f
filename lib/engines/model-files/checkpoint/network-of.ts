import type { Fault } from '@/lib/core/fault';
import type { Checkpoint, CheckpointValue, ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';
import { notACheckpoint, quoted, unsupportedCheckpoint } from '@/lib/engines/model-files/checkpoint/checkpoint-faults';
import { isModule, isTensor } from '@/lib/engines/model-files/checkpoint/checkpoint-values';
import { isDictionary } from '@/lib/engines/model-files/checkpoint/pickle/pickled-values';

const saveItWhole =
  'Use best.pt or last.pt as training wrote them, or save the model with model.save() of the ultralytics package.';

/** The network in what a checkpoint's pickle holds: the average of training (`ema`) where there is one, else `model`. */
export function networkOf(value: CheckpointValue): Pick<Checkpoint, 'which' | 'model'> {
  if (isModule(value)) {
    throw unsupportedCheckpoint(
      `The file holds a bare ${shortName(value)} without the checkpoint around it, which says what it was trained for.`,
      saveItWhole,
    );
  }
  if (!isDictionary(value)) throw notACheckpoint('a file of PyTorch that holds no model', saveItWhole);
  const which = (value.get('ema') ?? null) === null ? 'model' : 'ema';
  const model = value.get(which) ?? null;
  if (!isModule(model)) throw withoutNetwork(value, model);
  if (!isModule(model.children.get('model'))) {
    throw unsupportedCheckpoint(
      `The file’s model is a ${shortName(model)}, and every YOLO of the Ultralytics package keeps its layers in a part called model.`,
      'Export it to ONNX where it was made.',
    );
  }
  return { which, model };
}

/** Why the dictionary is no checkpoint: mostly it holds the weights by name, as `state_dict()` gives them. */
function withoutNetwork(dictionary: ReadonlyMap<CheckpointValue, CheckpointValue>, model: CheckpointValue): Fault {
  const named = isDictionary(model) ? model : dictionary;
  if ([...named.values()].some(isTensor)) {
    return unsupportedCheckpoint(
      'The file holds weights by name (a state dict) and no network: nothing in it says how they are connected.',
      saveItWhole,
    );
  }
  const keys = [...dictionary.keys()].filter((key) => typeof key === 'string').slice(0, 5);
  const found = keys.length === 0 ? 'it is empty' : `it has ${keys.map((key) => `“${quoted(key)}”`).join(', ')}`;
  return notACheckpoint(`a file of PyTorch without a model (${found})`, saveItWhole);
}

function shortName({ className }: ModuleNode): string {
  return quoted(className.split('.').at(-1) ?? className);
}
