import type { CheckpointValue } from '@/lib/engines/model-files/checkpoint/checkpoint';
import { isSequence } from '@/lib/engines/model-files/checkpoint/checkpoint-values';
import { AllowedGlobal } from '@/lib/engines/model-files/checkpoint/pickle/allowed-globals';
import type { PickleMachine } from '@/lib/engines/model-files/checkpoint/pickle/pickle-machine';
import { TorchStorage } from '@/lib/engines/model-files/checkpoint/pickle/pickled-values';
import { storageClasses } from '@/lib/engines/model-files/checkpoint/torch-dtypes';

/** `('storage', storage class, key, device, element count)`: where the numbers lay does not matter, how many the zip tells. */
export function storageOf(id: CheckpointValue, machine: PickleMachine): TorchStorage {
  const [word, type, key] = isSequence(id) ? id : [];
  const dtype = type instanceof AllowedGlobal ? storageClasses.get(type.name) : undefined;
  if (word !== 'storage' || dtype === undefined || typeof key !== 'string') {
    throw machine.malformed('refers to something outside that is no storage');
  }
  return machine.made(new TorchStorage(dtype, key));
}
