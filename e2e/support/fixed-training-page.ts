/// <reference lib="dom" />
// The steps of `fixed-training` in a page of their own, on the runtime as the application loads it.

import { webSessionFactory } from '@/lib/browser/onnx-web-session';
import { gradientForms } from '@/lib/engines/training/gradients/gradient-forms';
import { fixedTraining } from './fixed-training';

function run(backend: 'wasm' | 'webgpu', steps: number): Promise<number[]> {
  const events = { onDownload: () => undefined, onDeviceLost: () => undefined };
  return fixedTraining(webSessionFactory({ backend, threads: 1 }, events), gradientForms[backend], steps);
}

Reflect.set(window, 'fixedTraining', run);
