/// <reference lib="dom" />
// A bare session of the runtime in a worker of its own page: what the application's predictions are held against.

type Answer = { milliseconds: number } | { error: string };

const source = `
  import * as ort from '${location.origin}/ort/ort.wasm.min.mjs';
  let session;
  const input = new ort.Tensor('float32', new Float32Array(3 * 640 * 640).fill(0.5), [1, 3, 640, 640]);
  onmessage = ({ data }) => run(data).then(postMessage, (error) => postMessage({ error: String(error) }));
  async function run(data) {
    if (!session) {
      ort.env.wasm.numThreads = data.threads;
      ort.env.wasm.wasmPaths = '${location.origin}/ort/';
      const model = new Uint8Array(await (await fetch(data.model)).arrayBuffer());
      session = await ort.InferenceSession.create(model, { executionProviders: ['wasm'], logSeverityLevel: 4 });
    }
    const started = performance.now();
    const outputs = await session.run({ images: input });
    const milliseconds = performance.now() - started;
    for (const tensor of Object.values(outputs)) tensor.dispose();
    return { milliseconds };
  }
`;

const worker = new Worker(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })), { type: 'module' });

function runBare(threads: number): Promise<number> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Answer>) =>
      'error' in data ? reject(new Error(data.error)) : resolve(data.milliseconds);
    worker.onerror = (event) => reject(new Error(event.message));
    worker.postMessage({ threads, model: `${location.origin}/model.onnx` });
  });
}

Reflect.set(window, 'runBare', runBare);
