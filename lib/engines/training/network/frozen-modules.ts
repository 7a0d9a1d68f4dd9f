import { Fault } from '@/lib/core/fault';
import { optionalChild } from '@/lib/engines/architecture/module-builder';
import type { ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';
import { quoted } from '@/lib/engines/model-files/checkpoint/checkpoint-faults';

/**
 * Which modules stay as they are, as the field's `freeze` says it: so many first layers, or a list of layers by number and of
 * modules by path (`model.22.cv2`). Their normalisations keep their running statistics.
 */
export type Freeze = number | readonly (number | string)[];

/**
 * Whether a module is frozen, by its path. Throws a `Fault` (`input-invalid`) where a layer or a path is not of this network.
 */
export function frozenModules(model: ModuleNode, freeze: Freeze): (path: string) => boolean {
  const layers = model.children.get('model')?.children.size ?? 0;
  if (typeof freeze === 'number') checkLayer(freeze, layers);
  const entries = typeof freeze === 'number' ? [...Array(freeze).keys()] : freeze;
  const prefixes = entries.map((entry) => {
    if (typeof entry === 'number') checkLayer(entry, layers - 1);
    const path = typeof entry === 'number' ? `model.${entry}` : entry;
    if (optionalChild(model, path) === null) throw notThere(`has no module “${quoted(path)}”`);
    return path;
  });
  return (path) => prefixes.some((prefix) => path === prefix || path.startsWith(`${prefix}.`));
}

function checkLayer(number: number, most: number): void {
  if (!Number.isInteger(number) || number < 0 || number > most) throw notThere(`has no layer ${number}`);
}

function notThere(found: string): Fault {
  return new Fault({
    code: 'input-invalid',
    found: `What is to be frozen has to be a part of the network, and it ${found}.`,
    remedy: 'Give the number of its first layers to freeze, or paths of its modules such as model.22.cv2.',
  });
}
