import { describe, expect, it } from 'vitest';
import { Fault } from '@/lib/core/fault';
import { buildNetwork } from '@/lib/engines/architecture/build-network';
import { inputStride, resolveSettings } from '@/lib/engines/architecture/resolve-settings';
import { families, familyCheckpoint } from '@/lib/engines/architecture/test-support/module-trees/families';
import { walkModules } from '@/lib/engines/architecture/test-support/module-trees/walk-modules';
import type { CheckpointTensor, CheckpointValue, ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';
import { readCheckpointFacts } from '@/lib/engines/model-files/checkpoint/checkpoint-facts';
import { seededRandom } from '@/lib/engines/model-files/test-support/seeded-random';

/** What a damaged or hostile pickle may hold where a size, a flag or a list is expected. */
const oddValues: readonly CheckpointValue[] = [
  ...[null, true, 'same', '', -1, 0, 1, 2, 3, 0.5, 1e308, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31, 2 ** 53, 7n],
  ...[[], [0], [1], [-1, 2], [1, 2, 3], [1, 1e9], ['a', null], [[1, 2], 3], new Map()],
];
const oddShapes: readonly (readonly number[])[] = [
  [],
  [0],
  [1],
  [3, 3],
  [2, 0, 1, 1],
  [1, 1, 1, 1],
  [8, 8, 3, 3],
  [2 ** 26, 2 ** 26],
];
const rounds = 40;

/** Changes random entries of random modules, in place: the tree is a copy. */
function mutate(root: ModuleNode, times: number, random: () => number): void {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)];
  const modules = walkModules(root).map(({ node }) => node);
  for (let count = 0; count < times; count++) {
    const { attributes, parameters, buffers, children } = pick(modules);
    const map = pick([attributes, attributes, children, parameters, buffers].filter(({ size }) => size > 0));
    const key = pick([...map.keys()]);
    if (!(map instanceof Map)) throw new Error('The copy is made of maps');
    if (random() < 0.25) map.delete(key);
    else if (map === attributes) map.set(key, pick(oddValues));
    else if (map === children) map.set(key, random() < 0.5 ? null : pick(modules));
    else map.set(key, { ...pick(tensorsOf(modules)), shape: pick(oddShapes) });
  }
}

function copyOf(node: ModuleNode): ModuleNode {
  return {
    ...node,
    attributes: new Map(node.attributes),
    parameters: new Map(node.parameters),
    buffers: new Map(node.buffers),
    children: new Map([...node.children].map(([name, child]) => [name, child && copyOf(child)])),
  };
}

function tensorsOf(modules: readonly ModuleNode[]): readonly CheckpointTensor[] {
  return modules.flatMap(({ parameters }) => [...parameters.values()].filter((tensor) => tensor !== null));
}

describe('networks that contradict themselves', () => {
  it.each(families)('$name ends in a graph or in a fault, soon', async (family) => {
    const checkpoint = familyCheckpoint(family);
    const facts = await readCheckpointFacts(checkpoint);
    const images = { channels: facts.channels, stride: inputStride(facts) };
    const random = seededRandom(1);
    let refused = 0;
    for (let round = 0; round < rounds; round++) {
      const model = copyOf(checkpoint.model);
      mutate(childNamed(model, 'model'), 3, random);
      const settings = resolveSettings(facts, { imgsz: 64, dynamic: round % 2 === 0 });
      const start = performance.now();
      try {
        buildNetwork(model, settings, images);
      } catch (error) {
        expect(error instanceof Fault ? '' : error, `round ${round}`).toBe('');
        refused += 1;
      }
      expect(performance.now() - start, `round ${round}`).toBeLessThan(2_000);
    }
    expect(refused).toBeGreaterThan(rounds / 4);
  });
});

function childNamed({ children }: ModuleNode, name: string): ModuleNode {
  const child = children.get(name);
  if (!child) throw new Error(`The network has no ${name}`);
  return child;
}
