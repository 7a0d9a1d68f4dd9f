import { convertCheckpoint } from '@/lib/engines/architecture/convert-checkpoint';
import { blobSource } from '@/lib/engines/model-files/byte-source';
import { openCheckpoint } from '@/lib/engines/model-files/checkpoint/open-checkpoint';

/** In the page: milliseconds from a dropped checkpoint to the bytes of its ONNX file, for so many times. */
async function runConversions(count: number): Promise<number[]> {
  const file = await (await fetch('/best.pt')).blob();
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    const started = performance.now();
    await convertCheckpoint(await openCheckpoint(blobSource(file)));
    times.push(performance.now() - started);
  }
  return times;
}

Reflect.set(window, 'runConversions', runConversions);
