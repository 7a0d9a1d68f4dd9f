import { describe, expect, it } from 'vitest';
import { Fault } from '@/lib/core/fault';
import { convertCheckpoint } from '@/lib/engines/architecture/convert-checkpoint';
import type { ConvertOptions } from '@/lib/engines/architecture/convert-options';
import { familyCheckpoint, familyNamed } from '@/lib/engines/architecture/test-support/module-trees/families';
import { inMemoryTensor } from '@/lib/engines/architecture/test-support/module-trees/in-memory-tensor';
import { checkpointAround } from '@/lib/engines/architecture/test-support/module-trees/model-tree';
import { moduleNode } from '@/lib/engines/architecture/test-support/module-trees/torch-modules';
import { bytesSource } from '@/lib/engines/model-files/byte-source';
import type {
  Checkpoint,
  CheckpointTensor,
  CheckpointValue,
  ModuleNode,
} from '@/lib/engines/model-files/checkpoint/checkpoint';
import { readOnnxFacts } from '@/lib/engines/model-files/read-onnx-facts';

const detector = familyCheckpoint(familyNamed('yolov8n'));
const endToEnd = familyCheckpoint(familyNamed('yolo26n'));

/** The checkpoint with one module of its network replaced; the path is dotted, from the network down. */
function edited(checkpoint: Checkpoint, path: string, edit: (node: ModuleNode) => ModuleNode): Checkpoint {
  return { ...checkpoint, model: editedNode(checkpoint.model, path.split('.'), edit) };
}

function editedNode(node: ModuleNode, path: readonly string[], edit: (node: ModuleNode) => ModuleNode): ModuleNode {
  const [name, ...below] = path;
  if (name === undefined) return edit(node);
  const child = node.children.get(name);
  if (!child) throw new Error(`The tree has no ${name}`);
  return { ...node, children: new Map([...node.children, [name, editedNode(child, below, edit)]]) };
}

function withoutChild(node: ModuleNode, name: string): ModuleNode {
  return { ...node, children: new Map([...node.children].filter(([key]) => key !== name)) };
}

function withAttribute(node: ModuleNode, name: string, value: CheckpointValue): ModuleNode {
  return { ...node, attributes: new Map([...node.attributes, [name, value]]) };
}

async function faultOf(checkpoint: Checkpoint, options: ConvertOptions = {}): Promise<Fault> {
  const outcome = await convertCheckpoint(checkpoint, options).then(
    () => 'converted',
    (error: unknown) => error,
  );
  if (outcome instanceof Fault) return outcome;
  throw new Error(`A fault was expected, not ${String(outcome)}`, { cause: outcome });
}

describe('convertCheckpoint', () => {
  it('writes the interface and the metadata of the package’s own export', async () => {
    const { bytes, metadata } = await convertCheckpoint(detector, { imgsz: [64, 100], batch: 2 });
    const facts = await readOnnxFacts(bytesSource(bytes));
    // Sides are rounded up to whole multiples of the stride: 8·16 + 4·8 + 2·4 anchors.
    expect(facts.inputs).toEqual([{ name: 'images', elementType: 'float32', shape: [2, 3, 64, 128] }]);
    expect(facts.outputs).toEqual([{ name: 'output0', elementType: 'float32', shape: [2, 7, 168] }]);
    expect(facts.rawMetadata).toEqual(metadata);
    expect(metadata).toMatchObject({ imgsz: '[64, 128]', batch: '2', task: 'detect', stride: '32' });
    expect(facts).toMatchObject({ opset: 17, irVersion: 8, precision: 'fp32' });
  });

  it('leaves batch, height and width open in a dynamic file', async () => {
    const { bytes } = await convertCheckpoint(detector, { dynamic: true });
    const facts = await readOnnxFacts(bytesSource(bytes));
    expect(facts.inputs[0]?.shape).toEqual(['batch', 3, 'height', 'width']);
    expect(facts.outputs[0]?.shape).toEqual(['batch', 7, '21*(height/32)*(width/32)']);
  });

  it.each([
    [12, 7],
    [14, 7],
    [17, 8],
    [20, 9],
    [21, 10],
  ])('writes opset %i in version %i of the format', async (opset, irVersion) => {
    const { bytes } = await convertCheckpoint(detector, { opset });
    expect(await readOnnxFacts(bytesSource(bytes))).toMatchObject({ opset, irVersion });
  });

  it('halves the file in half precision, with singles at both ends', async () => {
    const [full, half] = [await convertCheckpoint(detector), await convertCheckpoint(detector, { half: true })];
    const facts = await readOnnxFacts(bytesSource(half.bytes));
    expect(facts).toMatchObject({
      precision: 'fp16',
      inputs: [{ elementType: 'float32' }],
      outputs: [{ elementType: 'float32' }],
    });
    expect(half.bytes.length / full.bytes.length).toBeLessThan(0.6);
  });

  it('gives the same bytes every time, and says how far it is', async () => {
    const shares: number[] = [];
    const first = await convertCheckpoint(detector, {}, (share) => shares.push(share));
    expect(Buffer.compare((await convertCheckpoint(detector)).bytes, first.bytes)).toBe(0);
    expect(shares.at(-1)).toBe(1);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.length).toBeGreaterThan(50);
  });

  it('reads only the weights that the graph needs', async () => {
    const untouchable = (node: ModuleNode): ModuleNode => ({
      ...node,
      parameters: new Map([...node.parameters].map(([name, tensor]) => [name, tensor && unreadable(tensor)])),
      children: new Map([...node.children].map(([name, child]) => [name, child && untouchable(child)])),
    });
    const unreadable = (tensor: CheckpointTensor): CheckpointTensor => ({
      ...tensor,
      read: () => Promise.reject(new Error('read')),
    });
    const head = `model.${(endToEnd.model.children.get('model')?.children.size ?? 0) - 1}`;
    // Training's branch of an end-to-end head is not part of the file.
    const guarded = edited(endToEnd, `${head}.cv2`, untouchable);
    await expect(convertCheckpoint(guarded)).resolves.toBeDefined();
    await expect(convertCheckpoint(guarded, { endToEnd: false })).rejects.toThrow('read');
  });

  it('takes classes from where earlier versions of the package kept them', async () => {
    const { bytes } = await convertCheckpoint(detector);
    const moved = edited(detector, 'model.0', (node) => ({ ...node, className: 'ultralytics.nn.modules.Conv' }));
    expect(Buffer.compare((await convertCheckpoint(moved)).bytes, bytes)).toBe(0);
  });
});

describe('convertCheckpoint refuses', () => {
  it.each(['evil.nn.modules.conv.Conv', 'ultralytics.nn.modules.conv.Conv3', 'torch.nn.modules.conv.Conv3d', 'Conv'])(
    'the class %s, naming it and its layer',
    async (className) => {
      const fault = await faultOf(edited(detector, 'model.2.cv1', (node) => ({ ...node, className })));
      expect(fault.code).toBe('model-unsupported');
      expect(fault.found).toBe(
        `Layer 2 of this checkpoint has a module that is not known here: ${className} (model.2.cv1).`,
      );
    },
  );

  it.each([
    [
      'a part that is missing',
      'model.2',
      (node: ModuleNode) => withoutChild(node, 'cv2'),
      'model.2 (C2f) of this checkpoint has no part “cv2”',
    ],
    ['a list that is missing', 'model.2', (node: ModuleNode) => withoutChild(node, 'm'), 'has no part “m”'],
    ['an activation that is missing', 'model.0', (node: ModuleNode) => withoutChild(node, 'act'), 'has no part “act”'],
    [
      'a weight that is missing',
      'model.0.conv',
      (node: ModuleNode) => ({ ...node, parameters: new Map() }),
      'model.0 (Conv2d) of this checkpoint has no weight “weight”',
    ],
    [
      'a normalisation without its ε',
      'model.0.bn',
      (node: ModuleNode) => ({ ...node, attributes: new Map() }),
      'has no number “eps”',
    ],
    [
      'a stride of nothing',
      'model.0.conv',
      (node: ModuleNode) => withAttribute(node, 'stride', [0, 0]),
      'has no sizes “stride”',
    ],
    [
      'a padding without end',
      'model.0.conv',
      (node: ModuleNode) => withAttribute(node, 'padding', 1e12),
      'has no sizes “padding”',
    ],
    [
      'a layer that takes a later one',
      'model.3',
      (node: ModuleNode) => withAttribute(node, 'f', 7),
      'takes its input from layer 7, which is not before it',
    ],
    [
      'a layer that takes one before the first',
      'model.3',
      (node: ModuleNode) => withAttribute(node, 'f', -9),
      'takes its input from layer -9',
    ],
    [
      'a layer that takes what two layers give',
      'model.3',
      (node: ModuleNode) => withAttribute(node, 'f', [1, 2]),
      'is given 2 values, not one',
    ],
    [
      'shapes that do not fit',
      'model.1.conv',
      (node: ModuleNode) => withAttribute(node, 'groups', 2),
      'do not fit together: /model.1/conv: Conv:',
    ],
  ])('%s', async (_name, path, edit, found) => {
    const fault = await faultOf(edited(detector, path, edit));
    expect(fault.code).toBe('model-unsupported');
    expect(fault.found).toContain(found);
  });

  it('a weight that is not a number, naming the tensor', async () => {
    const fault = await faultOf(
      edited(detector, 'model.0.conv', (node) => {
        const shape = node.parameters.get('weight')?.shape ?? [];
        const values = new Float32Array(shape.reduce((product, length) => product * length, 1)).fill(1);
        values[5] = Number.NaN;
        return { ...node, parameters: new Map([['weight', inMemoryTensor(shape, values)]]) };
      }),
    );
    expect(fault.code).toBe('model-not-finite');
    expect(fault.found).toContain('model.0.conv.weight');
  });

  it('a variance below zero, which has no root', async () => {
    const fault = await faultOf(
      edited(detector, 'model.0.bn', (node) => {
        const [channels] = node.buffers.get('running_var')?.shape ?? [];
        const variance = inMemoryTensor([channels], new Float32Array(channels).fill(-1));
        return { ...node, buffers: new Map([...node.buffers, ['running_var', variance]]) };
      }),
    );
    expect(fault.code).toBe('model-not-finite');
  });

  it('modules that hold each other a billion times over, in no time', async () => {
    let tower = moduleNode('torch.nn.modules.linear.Identity');
    for (let level = 0; level < 30; level++) {
      tower = moduleNode('torch.nn.modules.container.Sequential', { children: { 0: tower, 1: tower } });
    }
    const fault = await faultOf(edited(detector, 'model.0', () => tower));
    expect(fault.found).toContain('nested far beyond any real one');
  });

  it('a module that holds itself', async () => {
    const children = new Map<string, ModuleNode>();
    const loop: ModuleNode = { ...moduleNode('torch.nn.modules.container.Sequential'), children };
    children.set('0', loop);
    expect((await faultOf(edited(detector, 'model.0', () => loop))).found).toContain('nested far beyond any real one');
  });

  it('a network without layers', async () => {
    const empty = checkpointAround(
      moduleNode('ultralytics.nn.tasks.DetectionModel', {
        children: { model: moduleNode('torch.nn.modules.container.Sequential') },
      }),
    );
    expect((await faultOf(empty)).found).toContain('has no layers');
  });

  it.each<readonly [ConvertOptions, string]>([
    [{ imgsz: 0 }, 'The image size is a whole number from 1 to 8192, and 0 was given.'],
    [{ imgsz: [640, 1e9] }, 'The image size'],
    [{ imgsz: Number.NaN }, 'The image size'],
    [{ batch: 0 }, 'The batch size'],
    [{ batch: 1.5 }, 'The batch size'],
    [{ opset: 11 }, 'The opset is a whole number from 12 to 22, and 11 was given.'],
    [{ nms: { conf: 2, iou: 0.5, maxDetections: 300, agnostic: false } }, 'NMS’s conf is a number from 0 to 1'],
    [{ nms: { conf: 0.25, iou: Number.NaN, maxDetections: 300, agnostic: false } }, 'NMS’s iou'],
    [{ nms: { conf: 0.25, iou: 0.5, maxDetections: 0, agnostic: false } }, 'NMS’s number of detections'],
  ])('options out of their range: %j', async (options, found) => {
    const fault = await faultOf(detector, options);
    expect(fault.code).toBe('input-invalid');
    expect(fault.found).toContain(found);
  });
});
