import { measureNodePrediction } from './node-prediction';
import { measurePostprocess } from './postprocess';
import { report } from './report';

const measurements = [await measureNodePrediction(), ...(await measurePostprocess())];
process.exit(report(measurements) ? 0 : 1);
