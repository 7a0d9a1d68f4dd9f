// Converts one checkpoint in a process of its own and prints what it took: a fresh process is what a command starts.
import { withFileSource } from '@/lib/domain/models/with-file-source';
import { convertCheckpoint } from '@/lib/engines/architecture/convert-checkpoint';
import { openCheckpoint } from '@/lib/engines/model-files/checkpoint/open-checkpoint';

const [, , file = ''] = process.argv;
await withFileSource(file, async (source) => {
  const before = process.memoryUsage.rss();
  const started = performance.now();
  await convertCheckpoint(await openCheckpoint(source));
  const milliseconds = performance.now() - started;
  const peak = process.resourceUsage().maxRSS * 1024;
  console.log(JSON.stringify({ milliseconds, peakBytes: peak - before }));
});
