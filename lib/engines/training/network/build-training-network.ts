import { Fault } from '@/lib/core/fault';
import { buildGraph, type ImageGrid } from '@/lib/engines/architecture/build-network';
import { readWeights } from '@/lib/engines/architecture/read-weights';
import { inputStride, resolveSettings } from '@/lib/engines/architecture/resolve-settings';
import type { TrainingMode } from '@/lib/engines/architecture/training-mode';
import { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import type { Value } from '@/lib/engines/graph/value';
import type { Checkpoint } from '@/lib/engines/model-files/checkpoint/checkpoint';
import { readCheckpointFacts } from '@/lib/engines/model-files/checkpoint/checkpoint-facts';
import { type Freeze, frozenModules } from '@/lib/engines/training/network/frozen-modules';
import { layoutRecorder } from '@/lib/engines/training/network/layout-recorder';
import type { ParameterLayout } from '@/lib/engines/training/network/parameter-layout';
import { buildRawHead } from '@/lib/engines/training/network/raw-head';
import type { RawOutputs } from '@/lib/engines/training/network/raw-outputs';
import {
  type BatchStatistics,
  type NormalisedBy,
  slicedParameters,
} from '@/lib/engines/training/network/sliced-parameters';

export type TrainingSpec = {
  /** Sides of the images in pixels, height first, or one number for a square: multiples of the network's stride. */
  readonly imgsz: number | readonly [number, number];
  /** Images per step. */
  readonly batch: number;
  /** What stays as it is; nothing by default. */
  readonly freeze?: Freeze;
  /** By the statistics of the batch unless a trained network is to be evaluated. */
  readonly normalisedBy?: NormalisedBy;
};

/** A network as a graph that says its raw outputs and whose weights are pieces of one vector, ready for a loss. */
export type TrainingNetwork = {
  readonly graph: GraphBuilder;
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** The input `images`, float32 [batch, channels, height, width] in 0…1. */
  readonly images: Value;
  readonly raw: RawOutputs;
  /** Values on the way to `raw` that gradients do not pass. */
  readonly detached: readonly Value[];
  readonly layout: ParameterLayout;
  /** The input `parameters`, float32 [layout.parameterCount]. */
  readonly flatParameters: Value;
  /** The parameters as the network computes with them, in the order of the layout. */
  readonly parameters: readonly Value[];
  /** What the normalisations saw of the batch, in the order of the layout’s norms; empty where they use running statistics. */
  readonly statistics: readonly BatchStatistics[];
};

/**
 * Builds the network of a checkpoint for training: convolutions and normalisations apart, the head’s answers raw. Weights are not read, but for those that are frozen: `readParameters` does.
 *
 * Rejects with a `Fault`: `model-unsupported` for a network that cannot be rebuilt or whose head is not trained here,
 * `input-invalid` for sizes that do not fit it or a batch too small to have statistics, `model-not-finite` and `model-damaged`
 * of frozen weights.
 */
export async function buildTrainingNetwork(checkpoint: Checkpoint, spec: TrainingSpec): Promise<TrainingNetwork> {
  const facts = await readCheckpointFacts(checkpoint);
  const images: ImageGrid = { channels: facts.channels, stride: inputStride(facts) };
  const settings = resolveSettings(facts, { imgsz: spec.imgsz, batch: spec.batch, endToEnd: false });
  checkSides(spec.imgsz, images.stride);
  const isFrozen = frozenModules(checkpoint.model, spec.freeze ?? []);
  const build = (graph: GraphBuilder, training: TrainingMode) =>
    buildGraph(graph, checkpoint.model, settings, images, { training, head: buildRawHead });
  const layout = recordedLayout(isFrozen, build);
  const graph = new GraphBuilder();
  const sliced = slicedParameters(graph, layout, isFrozen, spec.normalisedBy ?? 'batch');
  const { answer, input, weights } = build(graph, sliced.mode);
  await readWeights(weights, (weight, bytes) => graph.setBytes(weight, bytes.slice()));
  const statistics = sliced.statistics();
  checkStatistics(statistics);
  const [height, width] = settings.imgsz;
  return {
    graph,
    batch: settings.batch,
    height,
    width,
    channels: facts.channels,
    images: input,
    layout,
    statistics,
    raw: answer.raw,
    detached: answer.detached,
    flatParameters: sliced.flat,
    parameters: sliced.pieces(),
  };
}

/** What the network asks for when it is built a first time, in a graph of its own. */
function recordedLayout(
  isFrozen: (path: string) => boolean,
  build: (graph: GraphBuilder, training: TrainingMode) => unknown,
): ParameterLayout {
  const graph = new GraphBuilder();
  const recorder = layoutRecorder(graph, isFrozen);
  build(graph, recorder.mode);
  const layout = recorder.layout();
  if (layout.parameterCount > 0) return layout;
  throw new Fault({
    code: 'input-invalid',
    found: 'A network is trained by changing its weights, and all of them are frozen.',
    remedy: 'Freeze fewer layers.',
  });
}

/** Images would be laid out for another size than the network has. */
function checkSides(imgsz: TrainingSpec['imgsz'], stride: number): void {
  const odd = [imgsz].flat().find((side) => side % stride !== 0);
  if (odd === undefined) return;
  throw new Fault({
    code: 'input-invalid',
    found: `Sides of training images are multiples of the network’s stride (${stride} pixels), and ${odd} is none.`,
    remedy: `Choose ${Math.max(stride, Math.floor(odd / stride) * stride)} or ${Math.ceil(odd / stride) * stride}.`,
  });
}

/** A single number has no spread: its normalisation would always be 0. */
function checkStatistics(statistics: readonly BatchStatistics[]): void {
  if (statistics.every(({ elements }) => elements > 1)) return;
  throw new Fault({
    code: 'input-invalid',
    found: 'Normalisations need more than one number of each channel, and a batch of one image of this size has one.',
    remedy: 'Choose a larger batch or larger images.',
  });
}
