import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bytesSource } from '@/lib/engines/model-files/byte-source';
import { namedTensors } from '@/lib/engines/model-files/checkpoint/check-weights';
import type {
  Checkpoint,
  CheckpointMarker,
  CheckpointObject,
  CheckpointValue,
  ModuleNode,
} from '@/lib/engines/model-files/checkpoint/checkpoint';
import { openCheckpoint } from '@/lib/engines/model-files/checkpoint/open-checkpoint';
import { toFloat32 } from '@/lib/engines/model-files/checkpoint/to-float32';

const fixtures = new URL('../../../../../shared/fixtures/', import.meta.url);
const recordings = new URL('checkpoints-json/', fixtures);

/** What the package itself, run in Python, found in a checkpoint. */
type Recording = {
  readonly which: Checkpoint['which'];
  readonly checkpoint: Record<string, unknown>;
  readonly model: { readonly cls: string; readonly attrs: Record<string, unknown> };
  readonly modules: readonly { readonly path: string; readonly cls: string; readonly attrs: Record<string, unknown> }[];
  readonly tensors: readonly {
    readonly name: string;
    readonly dtype: string;
    readonly shape: readonly number[];
    readonly stride: readonly number[];
    readonly sha256_le: string;
    readonly first: readonly number[];
  }[];
};

const recorded = existsSync(recordings) ? readdirSync(recordings).map((file) => file.replace('.json', '')) : [];

describe.skipIf(recorded.length === 0)('opening checkpoints that the package wrote', () => {
  it.each(recorded)('reads %s as the package does', async (name) => {
    const recording: Recording = JSON.parse(readFileSync(new URL(`${name}.json`, recordings), 'utf8'));
    const bytes = new Uint8Array(readFileSync(new URL(`models/${name}.pt`, fixtures)));
    const checkpoint = await openCheckpoint(bytesSource(bytes));
    expect(checkpoint.which).toBe(recording.which);
    expect(await jsonOf(checkpoint.entries)).toEqual(recording.checkpoint);
    expect(checkpoint.model.className).toBe(recording.model.cls);
    expect(await attributesOf(checkpoint.model)).toEqual(recording.model.attrs);
    expect(await modulesOf(checkpoint.model)).toEqual(recording.modules);
    expect(await tensorsOf(checkpoint.model)).toEqual(recording.tensors);
  });
});

type Listed = { path: string; cls: string; attrs: unknown };

/** Depth first, in the order of torch; a module that stands in several places is listed in each. */
async function modulesOf(root: ModuleNode): Promise<Listed[]> {
  const listed: Listed[] = [];
  const visit = async (module: ModuleNode, prefix: string): Promise<void> => {
    for (const [name, child] of module.children) {
      if (child === null) continue;
      listed.push({ path: prefix + name, cls: child.className, attrs: await attributesOf(child) });
      await visit(child, `${prefix}${name}.`);
    }
  };
  await visit(root, '');
  return listed;
}

async function tensorsOf(model: ModuleNode): Promise<Recording['tensors']> {
  const tensors: Recording['tensors'][number][] = [];
  for (const [name, tensor] of namedTensors(model)) {
    const { dtype, shape, stride } = tensor;
    const bytes = await tensor.read();
    const first = [...toFloat32(bytes, dtype).subarray(0, 4)];
    tensors.push({ name, dtype, shape, stride, sha256_le: createHash('sha256').update(bytes).digest('hex'), first });
  }
  return tensors;
}

/** Attributes as the recording writes them: names with an underscore first are Python's own business. */
async function attributesOf({ attributes }: ModuleNode): Promise<Record<string, unknown>> {
  const shown = [...attributes].filter(([name]) => !name.startsWith('_'));
  return Object.fromEntries(await Promise.all(shown.map(async ([name, value]) => [name, await jsonOf(value)])));
}

async function jsonOf(value: CheckpointValue): Promise<unknown> {
  if (value instanceof Map) {
    const entries = [...value].map(async ([key, member]) => [String(key), await jsonOf(member)]);
    return Object.fromEntries(await Promise.all(entries));
  }
  if (Array.isArray(value)) return Promise.all(value.map(jsonOf));
  if (typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'tensor') {
    const values = [...toFloat32(await value.read(), value.dtype).subarray(0, 8)];
    return { tensor: value.shape, dtype: value.dtype, values };
  }
  if (typeof value === 'object' && value !== null && 'kind' in value) return `<${nameOf(value)}>`;
  // The recordings leave out where on its machine the package ran.
  return typeof value === 'string' ? value.replace(/^\/[^/]+\/[^/]+\//, '') : value;
}

function nameOf(value: CheckpointMarker | CheckpointObject | ModuleNode): string {
  return value.kind === 'marker' ? value.name : value.className;
}
