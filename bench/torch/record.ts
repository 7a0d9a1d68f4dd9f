// `node --import tsx bench/torch/record.ts` (needs python3-torch): what torch makes of one training step, kept for the tests.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { familyCheckpoint, familyNamed } from '@/lib/engines/architecture/test-support/module-trees/families';
import type { LossCase } from '@/lib/engines/training/losses/test-support/loss-case';
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

/** A case as `record.py` takes it: labels filled up to the same number of rows, raw answers with their shapes. */
function given({ task, image, anchors, classes, bins, objects, keypoints, masks, maskCount, raw }: LossCase) {
  const images = objects.length;
  const columns = Math.max(...objects.map((ofImage) => ofImage.length));
  const rows = <T>(of: (object: LossCase['objects'][number][number] | undefined) => T) =>
    objects.map((ofImage) => Array.from({ length: columns }, (_, column) => of(ofImage[column])));
  const zeros = (count: number) => new Array<number>(count).fill(0);
  const points = keypoints?.count ?? 0;
  const shapes = {
    boxes: [images, 4 * bins, anchors.length],
    scores: [images, classes, anchors.length],
    extras: [images, raw.extras.length / images / anchors.length, anchors.length],
    prototypes: [images, maskCount, image.height / 4, image.width / 4],
  };
  return {
    task,
    side: image.width,
    classes: rows((object) => object?.classId ?? -1),
    boxes: rows((object) => object?.box ?? zeros(task === 'obb' ? 5 : 4)),
    keypoints: rows((object) => {
      const flat = object?.keypoints ?? zeros(3 * points);
      return Array.from({ length: points }, (_, point) => flat.slice(3 * point, 3 * point + 3));
    }),
    masks: masks && Array.from(masks),
    raw: Object.fromEntries(
      Object.entries(raw).flatMap(([name, numbers]) => (numbers.length > 0 ? [[name, Array.from(numbers)]] : [])),
    ),
    shapes,
  };
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
