// One run of the whole training loop in a process of its own: JSON of its arguments in, JSON of what it took out.
import { availableParallelism } from 'node:os';
import { gradientForms } from '@/lib/engines/training/gradients/gradient-forms';
import { trainModel } from '@/lib/engines/training/loop/train-model';
import { readArguments } from '@/lib/engines/training/loop/training-arguments';
import { readTrainingData } from '@/lib/engines/training/loop/training-data';
import { diskFileTree } from '@/lib/platform/files/disk-file-tree';
import { nodeSessionFactory } from '@/lib/platform/runtime/onnx-node-session';
import { decodeFromTree } from '@/lib/platform/training/decode-from-tree';
import { openBatchLoader } from '@/lib/platform/training/open-batch-loader';
import { diskRunStore } from '@/lib/platform/training/run-store';
import { benchNetwork, type NetworkName } from './networks';

export type LoopRequest = {
  readonly network: NetworkName;
  readonly data: string;
  readonly runFolder: string;
  readonly imgsz: number;
  readonly batch: number;
  readonly epochs: number;
};

/** Of each epoch: seconds of its steps after the first, for how many images, and from the last step to the end. */
export type LoopEpoch = {
  readonly seconds: number;
  readonly images: number;
  readonly closingSeconds: number;
  /** Time of processors for these images: what is left to compare where others use the machine as well. */
  readonly processorSeconds: number;
};

export type LoopAnswer = {
  readonly epochs: readonly LoopEpoch[];
  readonly threads: number;
  readonly peakBytes: number;
};

const request: LoopRequest = JSON.parse(process.argv[2]);
const { imgsz, batch, epochs } = request;
const threads = Math.min(2, availableParallelism());
const args = readArguments(
  new Map(
    Object.entries({ imgsz, batch, epochs, close_mosaic: 0, optimizer: 'SGD' }).map(([name, value]) => [
      name,
      `${value}`,
    ]),
  ),
);
const data = await readTrainingData(diskFileTree, request.data, 'detect');
const finished: LoopEpoch[] = [];
let [first, last, steps] = [0, 0, 0];
let [firstProcessor, lastProcessor] = [0, 0];

await trainModel({
  checkpoint: benchNetwork(request.network, data.names.length, imgsz),
  args,
  data,
  resumed: null,
  source: { model: request.network, data: request.data, task: 'detect', imageCount: data.train.images.length },
  signal: new AbortController().signal,
  surroundings: {
    threads,
    backend: 'cpu',
    forms: gradientForms.cpu,
    sessions: nodeSessionFactory({ threads }),
    trainingSessions: nodeSessionFactory({ threads, plansMemory: false }),
    openBatches: (opening) => openBatchLoader(opening),
    decode: decodeFromTree(diskFileTree),
    store: diskRunStore(request.runFolder),
  },
  tell(event) {
    const now = performance.now();
    if (event.kind === 'step') {
      lastProcessor = processorSeconds();
      if (event.iteration === 1) [first, firstProcessor] = [now, lastProcessor];
      [last, steps] = [now, event.iteration];
    }
    if (event.kind === 'epoch') {
      finished.push({
        seconds: (last - first) / 1000,
        images: (steps - 1) * batch,
        closingSeconds: (now - last) / 1000,
        processorSeconds: lastProcessor - firstProcessor,
      });
    }
  },
});
function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

const answer: LoopAnswer = { epochs: finished, threads, peakBytes: process.resourceUsage().maxRSS * 1024 };
console.log(JSON.stringify(answer));
process.exit(0);
