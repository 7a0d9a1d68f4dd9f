import { readFileSync } from 'node:fs';
import { createInferencePool } from '@/lib/platform/inference/inference-pool';
import { imageRequest } from '@/lib/platform/inference/test-support/pool-material';

// A program that hands an endless model to its pool and prints the child's pid: the test then kills it without a warning.
const [file = '', image = ''] = process.argv.slice(2);
const pool = createInferencePool({ maximumMemoryBytes: 2 ** 30, modelMemoryBytes: 2 ** 29, threads: 1 });
void pool.predict(imageRequest({ sha256: 'endless', file }, readFileSync(image)));
setInterval(() => {
  const pid = pool.stats().models.find(({ running }) => running > 0)?.pid;
  if (pid) process.stdout.write(`${pid}\n`);
}, 50);
