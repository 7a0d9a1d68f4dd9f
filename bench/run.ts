// `npm run bench`: ratios against the bare engine in the same run, as a table and as JSON. Exit status 1 when one is over.
import { launchChromium } from './chromium';
import { measureChromiumMemory } from './chromium-memory';
import { measureChromiumPrediction } from './chromium-prediction';
import { measureConversion } from './conversion';
import { measureDrawing } from './drawing';
import { measureFirstLoad } from './first-load';
import { measureHttpPrediction } from './http-prediction';
import { measureInferencePool } from './inference-pool';
import { measureLists } from './list-endpoints';
import type { Measurement } from './measure';
import { measureNodePrediction } from './node-prediction';
import { measurePostprocess } from './postprocess';
import { report } from './report';
import { startServer } from './server';

const measurements: Measurement[] = [
  ...(await measureNodePrediction()),
  ...(await measureInferencePool()),
  ...(await measurePostprocess()),
];

const server = await startServer();
const browser = await launchChromium();
try {
  measurements.push(
    ...(await measureHttpPrediction(server)),
    ...(await measureLists(server)),
    await measureFirstLoad(server.origin),
    ...(await measureConversion(browser)),
    await measureDrawing(browser),
    await measureChromiumPrediction(browser, server.origin),
    await measureChromiumMemory(browser, server.origin),
  );
} finally {
  await browser.close();
  await server.stop();
}
process.exit(report(measurements) ? 0 : 1);
