import type { Fault } from '@/lib/core/fault';
import type { ConvertSettings } from '@/lib/engines/architecture/convert-options';
import { chosenPieces } from '@/lib/engines/architecture/elan-blocks';
import { buildHead } from '@/lib/engines/architecture/heads/build-head';
import {
  type BuildContext,
  classOf,
  listOf,
  type ModuleBuilder,
  misfit,
} from '@/lib/engines/architecture/module-builder';
import { builderOf } from '@/lib/engines/architecture/module-registry';
import type { TrainingMode } from '@/lib/engines/architecture/training-mode';
import { WeightPlan } from '@/lib/engines/architecture/weight-plan';
import { type Extent, symbolicExtent } from '@/lib/engines/graph/extent';
import { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import { ShapeError } from '@/lib/engines/graph/shape-error';
import { cast } from '@/lib/engines/graph/unary';
import type { Value } from '@/lib/engines/graph/value';
import type { ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';
import { quoted, unsupportedCheckpoint } from '@/lib/engines/model-files/checkpoint/checkpoint-faults';

/** A network as a graph whose weights have yet to be read. */
export type BuiltGraph<Answer> = {
  readonly graph: GraphBuilder;
  readonly weights: WeightPlan;
  readonly input: Value;
  /** What its last layer was built to say. */
  readonly answer: Answer;
  /** What each module gives when it runs first, by the module's path; normalisations and other folded parts are not in it. */
  readonly trace: ReadonlyMap<string, Value>;
};

/** As `BuiltGraph`, of a network that is run. */
export type Network = Omit<BuiltGraph<never>, 'answer'> & {
  /** What the head answers, in the order of the file's outputs. */
  readonly outputs: readonly Value[];
};

/** What a network is built for. */
export type Purpose<Answer> = {
  /** Null for a network that is to be run only. */
  readonly training: TrainingMode | null;
  /** Builds the last layer: its inputs in, what is wanted of it back. */
  readonly head: (context: BuildContext, node: ModuleNode, inputs: readonly Value[]) => Answer;
};

/** What the images of a network are like whatever their size. */
export type ImageGrid = {
  readonly channels: number;
  /** Pixels that height and width are multiples of. */
  readonly stride: number;
};

/** The largest networks have some 2 000 modules; a file whose modules hold each other many times over could claim any number. */
const maxModules = 20_000;
const maxDepth = 64;

/**
 * Builds the graph of a checkpoint's network: its layers in order, each with the outputs of the layers it names, the last one
 * by what its head has to answer.
 *
 * Throws a `Fault` that names the module where a class is not known, a part is missing or shapes do not fit.
 */
export function buildNetwork(model: ModuleNode, settings: ConvertSettings, images: ImageGrid): Network {
  const graph = new GraphBuilder({ opset: settings.opset, floatType: settings.half ? 'float16' : 'float32' });
  const { answer, ...network } = buildGraph(graph, model, settings, images, { training: null, head: buildHead });
  return { ...network, outputs: answer };
}

/** As `buildNetwork`, for any purpose, in a graph of the settings' operator set and precision. */
export function buildGraph<Answer>(
  graph: GraphBuilder,
  model: ModuleNode,
  settings: ConvertSettings,
  images: ImageGrid,
  { training, head }: Purpose<Answer>,
): BuiltGraph<Answer> {
  const weights = new WeightPlan(graph);
  const trace = new Map<string, Value>();
  const layers = [...(model.children.get('model')?.children ?? [])];
  const input = addInput(graph, settings, images);
  const context: BuildContext = {
    graph,
    weights,
    training,
    settings,
    path: 'model',
    images: cast(graph, input, graph.floatType),
    build: tracingBuilder(trace),
  };
  try {
    return { graph, weights, input, answer: buildLayers(context, layers, head), trace };
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    throw unsupportedCheckpoint(
      `The parts of this checkpoint’s network do not fit together: ${quoted(error.message)}.`,
      'Use the checkpoint as training wrote it, or another image size.',
    );
  }
}

/** Builds a module by its class. Throws a `Fault` that names it where the class is not known. */
export const buildModule: ModuleBuilder = (context, node, inputs) => {
  const builder = builderOf(node.className);
  if (builder === null) throw unknownModule(context, node);
  return builder(context, node, inputs);
};

function addInput(graph: GraphBuilder, settings: ConvertSettings, { stride, channels }: ImageGrid): Value {
  const [height, width] = settings.imgsz;
  const shape: readonly Extent[] = settings.dynamic
    ? [
        symbolicExtent('batch'),
        channels,
        symbolicExtent(`height/${stride}`, stride),
        symbolicExtent(`width/${stride}`, stride),
      ]
    : [settings.batch, channels, height, width];
  return graph.input('images', { elementType: 'float32', shape }, ['batch', null, 'height', 'width']);
}

function buildLayers<Answer>(
  root: BuildContext,
  layers: readonly (readonly [string, ModuleNode | null])[],
  head: Purpose<Answer>['head'],
): Answer {
  const outputs: (readonly Value[])[] = [];
  for (const [index, [name, layer]] of layers.entries()) {
    if (layer === null) throw unsupportedCheckpoint(`Layer ${index} of this checkpoint is missing.`, 'Save it again.');
    const context: BuildContext = { ...root, graph: root.graph.within(`model.${name}`), path: `model.${name}` };
    const inputs = inputsOf(context, layer, index, outputs);
    if (index === layers.length - 1) return head(context, layer, inputs);
    outputs.push(listOf(context.build(context, layer, inputs)));
  }
  throw unsupportedCheckpoint('The network of this checkpoint has no layers.', 'Save the checkpoint again.');
}

/** The values that a layer takes: of the previous layer, or of those its attribute `f` names, counted back where negative. */
function inputsOf(
  context: BuildContext,
  layer: ModuleNode,
  index: number,
  outputs: readonly (readonly Value[])[],
): readonly Value[] {
  const from = layer.attributes.get('f') ?? -1;
  const sources = (Array.isArray(from) ? from : [from]).map((source) => {
    const position = typeof source === 'number' && source < 0 ? index + source : source;
    if (position === -1 && index === 0) return [context.images];
    const output = typeof position === 'number' ? outputs[position] : undefined;
    if (output === undefined)
      throw misfit(context, layer, `takes its input from layer ${source}, which is not before it`);
    return output;
  });
  // The one layer that takes lists and chooses from each.
  return classOf(layer) === 'CBFuse' ? chosenPieces(context, layer, sources) : sources.flat();
}

/** As `buildModule`, for one whole network: notes what each module gives, and bounds how many there are. */
function tracingBuilder(trace: Map<string, Value>): ModuleBuilder {
  let built = 0;
  return (context, node, inputs) => {
    built += 1;
    const isSane = built <= maxModules && context.path.split('.').length <= maxDepth;
    if (!isSane) throw misfit(context, node, 'stands in a network that is nested far beyond any real one');
    const outputs = buildModule(context, node, inputs);
    if ('name' in outputs && !trace.has(context.path)) trace.set(context.path, outputs);
    return outputs;
  };
}

function unknownModule(context: BuildContext, node: ModuleNode): Fault {
  const layer = context.path.split('.')[1];
  return unsupportedCheckpoint(
    `Layer ${layer} of this checkpoint has a module that is not known here: ${quoted(node.className)} (${quoted(context.path)}).`,
    'Export the model to ONNX where its classes are defined, and use that file.',
  );
}
