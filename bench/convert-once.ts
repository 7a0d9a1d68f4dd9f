// Converts one checkpoint in a process of its own and prints what it took: a fresh process is what a command starts.
import { convertCheckpoint } from '@/lib/engines/architecture/convert-checkpoint';
import { openCheckpoint } from '@/lib/engines/model-files/checkpoint/open-checkpoint';
import { openFileSource } from '@/lib/workers/inference-host/file-source';

const [, , file = ''] = process.argv;
const source = await openFileSource(file);
const before = process.memoryUsage.rss();
const started = performance.now();
await convertCheckpoint(await openCheckpoint(source));
const milliseconds = performance.now() - started;
const peak = process.resourceUsage().maxRSS * 1024;
console.log(JSON.stringify({ milliseconds, peakBytes: peak - before }));
await source.close();
