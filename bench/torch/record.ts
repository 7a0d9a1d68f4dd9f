// `node --import tsx bench/torch/record.ts` (needs python3-torch): what torch makes of one training step, kept for the tests.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { familyCheckpoint, familyNamed } from '@/lib/engines/architecture/test-support/module-trees/families';
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

const target = 'lib/engines/training/test-support/torch-records.json';
const folder = mkdtempSync(join(tmpdir(), 'sightline-torch-'));
try {
  const [tree, cases] = [join(folder, 'tree.json'), join(folder, 'labels.json')];
  writeFileSync(tree, JSON.stringify(describeTree(familyCheckpoint(familyNamed('yolov8n')).model)));
  writeFileSync(cases, JSON.stringify(labels));
  const record = execFileSync('/usr/bin/python3', ['-B', 'bench/torch/record.py', tree, cases], { encoding: 'utf8' });
  writeFileSync(target, `${JSON.stringify(JSON.parse(record))}\n`);
} finally {
  rmSync(folder, { recursive: true });
}
