import { describe, expect, it } from 'vitest';
import { convertCheckpoint } from '@/lib/engines/architecture/convert-checkpoint';
import { familyCheckpoint, familyNamed } from '@/lib/engines/architecture/test-support/module-trees/families';
import type { Checkpoint, CheckpointValue, ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';
import { checkpointFromRecord } from '@/lib/engines/training/network/record/checkpoint-from-record';
import { checkpointToRecord } from '@/lib/engines/training/network/record/checkpoint-to-record';
import { moduleNode } from '@/lib/engines/training/network/sightline/module-node';

async function throughJson(checkpoint: Checkpoint): Promise<Checkpoint> {
  const { record, numbers } = await checkpointToRecord(checkpoint);
  return checkpointFromRecord(JSON.parse(JSON.stringify(record)), numbers);
}

function around(model: ModuleNode, entries: Checkpoint['entries'] = new Map()): Checkpoint {
  return { which: 'model', model, entries, globals: [], sizeBytes: 0 };
}

describe('the record of a checkpoint', () => {
  it.each(['yolov8n-pose', 'yolo11n-cls', 'yolov9t'])('of a %s makes one that converts alike', async (name) => {
    const checkpoint = familyCheckpoint(familyNamed(name));
    const again = await throughJson(checkpoint);
    const [before, after] = [await convertCheckpoint(checkpoint), await convertCheckpoint(again)];
    expect(after.metadata).toEqual(before.metadata);
    expect(Buffer.compare(after.bytes, before.bytes)).toBe(0);
  });

  it('holds what JSON does not, and a shared module once', async () => {
    const shared = moduleNode('torch.nn.modules.activation.SiLU');
    const values: CheckpointValue = [
      Number.NaN,
      Number.POSITIVE_INFINITY,
      -0,
      12345678901234567890n,
      new Map<CheckpointValue, CheckpointValue>([[1, 'one']]),
      { kind: 'marker', name: 'torch.relu' },
      { kind: 'object', className: 'types.SimpleNamespace', attributes: new Map([['box', 7.5]]) },
      shared,
    ];
    const model = moduleNode('odd.Model', { attributes: { values }, children: { a: shared, b: shared } });
    const again = await throughJson(
      around(
        model,
        new Map([
          ['license', 'free'],
          ['optimizer', 'gone'],
        ]),
      ),
    );
    expect(again.model).toEqual(model);
    expect(again.model.children.get('a')).toBe(again.model.children.get('b'));
    expect([...again.entries]).toEqual([['license', 'free']]);
  });

  it('refuses trees that hold themselves', async () => {
    const loop: CheckpointValue[] = [];
    loop.push(loop);
    const circular = checkpointToRecord(around(moduleNode('odd.Model', { attributes: { loop } })));
    await expect(circular).rejects.toMatchObject({ code: 'model-too-large' });
  });

  it('is not believed', async () => {
    const { record, numbers } = await checkpointToRecord(familyCheckpoint(familyNamed('yolov8n')));
    const [module] = record.modules;
    const tensor = (shape: unknown, offset: unknown) => ({ ...module, parameters: [['weight', { shape, offset }]] });
    const value = (content: unknown) => ({ ...module, attributes: [['x', content]] });
    const deep = JSON.parse(`${'{"list":['.repeat(100)}${']}'.repeat(100)}`);
    const hostile: unknown[] = [
      null,
      [],
      { ...record, version: 2 },
      { ...record, root: 1e9 },
      { ...record, root: '0' },
      { ...record, modules: [{ ...module, children: [['self', 0]] }], root: 0 },
      ...[tensor([1e9, 1e9], 0), tensor([-1], 0), tensor([1], -1), tensor([1.5], 0), tensor('x', 0)].map((odd) => ({
        ...record,
        modules: [odd],
        root: 0,
      })),
      ...[deep, { bigint: '1'.repeat(5000) }, { marker: 1 }, { what: 1 }, {}, { list: 'abc' }].map((odd) => ({
        ...record,
        modules: [value(odd)],
        root: 0,
      })),
    ];
    for (const [index, odd] of hostile.entries()) {
      expect(() => checkpointFromRecord(odd, numbers), `record ${index}`).toThrow(
        expect.objectContaining({ code: 'model-damaged' }),
      );
    }
  });
});
