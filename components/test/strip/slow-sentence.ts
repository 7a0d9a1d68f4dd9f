import type { SlowReason } from '@/lib/browser/vision-protocol';

const sentences = {
  'no-cross-origin-isolation':
    'The page is not cross-origin isolated, so the runtime may use one thread only. The server must send COOP and COEP headers.',
  'no-webgpu-in-browser':
    'This browser has no WebGPU, so the model runs on the processor. Chrome, Edge or Safari 26 has it.',
  'no-webgpu-adapter': 'The browser found no graphics device for WebGPU, so the model runs on the processor.',
  'software-webgpu-adapter': 'WebGPU would run in software here, slower than WASM, so the model runs on the processor.',
  'no-shader-f16': 'The graphics device has no 16-bit floats, so fp16 weights are computed in 32 bits.',
  'device-lost': 'The graphics device was lost, so the model runs on the processor. Reload the page to try it again.',
  'model-refused-by-webgpu': 'The model has an operator that WebGPU cannot run, so it runs on the processor.',
  'single-core': 'This machine gives the browser one core, so there is one thread.',
} as const satisfies Record<SlowReason, string>;

/** Why a prediction is slower than need be, in one sentence. */
export function slowSentence(reason: SlowReason): string {
  return sentences[reason];
}
