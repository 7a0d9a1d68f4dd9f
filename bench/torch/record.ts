// `node --import tsx bench/torch/record.ts` (needs python3-torch): what torch makes of one training step, kept for the tests.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { familyCheckpoint, familyNamed } from '@/lib/engines/architecture/test-support/module-trees/families';
import type { LossCase } from '@/lib/engines/training/losses/test-support/loss-case';
import { feedsOf } from '@/lib/engines/training/losses/test-support/run-loss';
import { torchClassCase, torchLossCases } from '@/lib/engines/training/test-support/torch-loss-cases';
import { describeTree } from './describe-tree';

/** Objects of every size, over one another and partly outside of small cells; a row of class −1 is none. Pixels of 64 × 64. */
const labels = {
  side: 64,
  classes: [
    [0, 1, 2],
    [2, -1, -1],
  ],
  boxes: [
    [
      [4, 6, 30, 40],
      [20, 12, 61, 58],
      [34, 3, 47, 20],
    ],
    [
      [10, 8, 52, 44],
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ],
  ],
};

/** A case as `record.py` takes it: what the graph would be fed. */
function given(lossCase: LossCase) {
  const feeds = Object.entries(feedsOf(lossCase));
  const rows = (name: string): unknown => {
    const tensor = feeds.find(([feed]) => feed === name)?.[1];
    return tensor && nested(Array.from(tensor.data, Number), tensor.dims);
  };
  const raw = feeds.filter(([name]) => name.startsWith('raw.'));
  return {
    task: lossCase.task,
    side: lossCase.image.width,
    classes: rows('classIds'),
    boxes: rows('boxes'),
    keypoints: rows('keypoints'),
    masks: lossCase.masks && Array.from(lossCase.masks),
    raw: Object.fromEntries(raw.map(([name, { data }]) => [name.slice(4), Array.from(data, Number)])),
    shapes: Object.fromEntries(raw.map(([name, { dims }]) => [name.slice(4), dims])),
  };
}

function nested(numbers: readonly number[], [length, ...inner]: readonly number[]): unknown {
  if (inner.length === 0) return numbers;
  const size = numbers.length / length;
  return Array.from({ length }, (_, index) => nested(numbers.slice(index * size, (index + 1) * size), inner));
}

const { batch, classCount, classIds, logits, labelSmoothing } = torchClassCase;
const classes = {
  task: 'classify',
  side: 0,
  classes: classIds,
  labelSmoothing,
  raw: { logits: Array.from(logits) },
  shapes: { logits: [batch, classCount] },
};

const target = 'lib/engines/training/test-support/torch-records.json';
const folder = mkdtempSync(join(tmpdir(), 'sightline-torch-'));
try {
  const path = join(folder, 'given.json');
  const tree = describeTree(familyCheckpoint(familyNamed('yolov8n')).model);
  writeFileSync(path, JSON.stringify({ tree, labels, cases: [...torchLossCases.map(given), classes] }));
  const record = execFileSync('/usr/bin/python3', ['-B', 'bench/torch/record.py', path], { encoding: 'utf8' });
  writeFileSync(target, `${JSON.stringify(JSON.parse(record))}\n`);
  execFileSync('npx', ['biome', 'format', '--write', target]);
} finally {
  rmSync(folder, { recursive: true });
}
