import type { CheckpointTensor, CheckpointValue, ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';

type ModuleParts = {
  readonly attributes?: Readonly<Record<string, CheckpointValue>>;
  readonly parameters?: Readonly<Record<string, CheckpointTensor | null>>;
  readonly buffers?: Readonly<Record<string, CheckpointTensor | null>>;
  readonly children?: Readonly<Record<string, ModuleNode>>;
};

/** A module as a checkpoint would hold it. Class names are those by which the builders of `architecture` know their modules. */
export function moduleNode(className: string, parts: ModuleParts = {}): ModuleNode {
  const { attributes = {}, parameters = {}, buffers = {}, children = {} } = parts;
  return {
    kind: 'module',
    className,
    attributes: new Map(Object.entries(attributes)),
    parameters: new Map(Object.entries(parameters)),
    buffers: new Map(Object.entries(buffers)),
    children: new Map(Object.entries(children)),
  };
}

export function sequential(items: readonly ModuleNode[]): ModuleNode {
  return moduleNode('torch.nn.modules.container.Sequential', { children: numbered(items) });
}

export function moduleList(items: readonly ModuleNode[]): ModuleNode {
  return moduleNode('torch.nn.modules.container.ModuleList', { children: numbered(items) });
}

function numbered(items: readonly ModuleNode[]): Readonly<Record<string, ModuleNode>> {
  return Object.fromEntries(items.map((item, index) => [String(index), item]));
}
