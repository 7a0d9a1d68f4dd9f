// `npm run bench:train`: speed and memory of training, as a table and as JSON. Exit status 1 when one is over its limit.
import { report } from '../report';
import { measureStepAgainstTorch } from './step-against-torch';
import { measureWholeLoop } from './whole-loop';

const measurements = [...(await measureStepAgainstTorch()), ...(await measureWholeLoop())];
process.exit(report(measurements, 'train') ? 0 : 1);
