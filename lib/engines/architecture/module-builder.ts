import type { Fault } from '@/lib/core/fault';
import type { ConvertSettings } from '@/lib/engines/architecture/convert-options';
import type { TrainingMode } from '@/lib/engines/architecture/training-mode';
import type { WeightPlan } from '@/lib/engines/architecture/weight-plan';
import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import type { Value } from '@/lib/engines/graph/value';
import type { ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';
import { quoted, unsupportedCheckpoint } from '@/lib/engines/model-files/checkpoint/checkpoint-faults';

/** Where a module stands while its graph is built. */
export type BuildContext = {
  /** In the scope of this module. */
  readonly graph: GraphBuilder;
  /** Path of the module in the checkpoint: `model.22.cv2.0`. */
  readonly path: string;
  /** Weights are planned while the graph is built and read afterwards. */
  readonly weights: WeightPlan;
  /** Null for a network that is to be run only. */
  readonly training: TrainingMode | null;
  readonly settings: ConvertSettings;
  /** The images the network is given, [batch, channels, height, width], in the precision of the graph. */
  readonly images: Value;
  /** Builds a module by its class; `buildChild` is the usual way to it. */
  readonly build: ModuleBuilder;
};

/** Adds the nodes of one module to the graph: its inputs in, its outputs back. */
export type ModuleBuilder = (
  context: BuildContext,
  node: ModuleNode,
  inputs: readonly Value[],
) => Value | readonly Value[];

/** Builds the child of that name (`cv1`, or `m.0` for an item of a list) and gives its one output. */
export function buildChild(context: BuildContext, node: ModuleNode, name: string, ...inputs: readonly Value[]): Value {
  const child = childOf(context, node, name);
  const inner = within(context, name);
  const outputs = listOf(context.build(inner, child, inputs));
  const [only, ...others] = outputs;
  if (only === undefined || others.length > 0) throw misfit(inner, child, `gives ${outputs.length} values, not one`);
  return only;
}

/** The child of that name; a dotted name goes down. Throws a `Fault` where there is none. */
export function childOf(context: BuildContext, node: ModuleNode, name: string): ModuleNode {
  const child = optionalChild(node, name);
  if (child === null) throw misfit(context, node, `has no part “${name}”`);
  return child;
}

/** The child of that name, or null: fusing leaves some out. A dotted name goes down. */
export function optionalChild(node: ModuleNode, name: string): ModuleNode | null {
  let child: ModuleNode | null = node;
  for (const step of name.split('.')) child = child?.children.get(step) ?? null;
  return child;
}

/** Names of the items of a list of modules, in order, for `buildChild`: `m.0`, `m.1`, … */
export function itemNames(context: BuildContext, node: ModuleNode, list: string): readonly string[] {
  return [...childOf(context, node, list).children.keys()].map((key) => `${list}.${key}`);
}

/** The context of a child. */
export function within(context: BuildContext, name: string): BuildContext {
  return { ...context, graph: context.graph.within(name), path: `${context.path}.${name}` };
}

/** The single input of a module that takes one. */
export function onlyInput(context: BuildContext, node: ModuleNode, inputs: readonly Value[]): Value {
  const [only, ...others] = inputs;
  if (only === undefined || others.length > 0) throw misfit(context, node, `is given ${inputs.length} values, not one`);
  return only;
}

/** The class without its module path: `Conv`. */
export function classOf(node: ModuleNode): string {
  return node.className.slice(node.className.lastIndexOf('.') + 1);
}

/** The fault of a network that is not built as its classes are. */
export function misfit(context: BuildContext, node: ModuleNode, found: string): Fault {
  return unsupportedCheckpoint(
    `The module ${quoted(context.path)} (${quoted(classOf(node))}) of this checkpoint ${quoted(found)}.`,
    'Save the checkpoint again with an unmodified training package, or export it to ONNX there.',
  );
}

/** What a builder gave, as a list in any case. */
export function listOf(values: Value | readonly Value[]): readonly Value[] {
  return 'name' in values ? [values] : values;
}
