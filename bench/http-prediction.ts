import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { availableParallelism } from 'node:os';
import sharp from 'sharp';
import { tinyModel } from '@/lib/engines/model-files/test-support/tiny-models';
import { bareNodeRun } from './bare-node-session';
import { fromCallers } from './callers';
import { type Measurement, milliseconds, timeOnce, timePairs } from './measure';
import { metricsToken, type RunningServer } from './server';
import { syntheticYolo } from './synthetic-yolo';

const pairs = 5;
const requestsPerBlock = 12;
const predictionsForMemory = 2_000;

/** `POST predict` with a network of YOLOv8n's cost, over HTTP with a key, against the bare `session.run` on as many threads. */
export async function measureHttpPrediction(server: RunningServer): Promise<Measurement[]> {
  const bus = readFileSync('public/examples/bus.jpg');
  const coco = await sharp(bus).resize(640, 427).jpeg({ quality: 90 }).toBuffer();
  const model = syntheticYolo('detect');
  const predict = await predictor(server, await upload(server, model, 'synthetic'), coco);
  const bare = await bareNodeRun(model);
  const measurements: Measurement[] = [];
  for (const callers of [1, 4]) {
    const { ratio } = await timePairs(
      () => fromCallers(callers, requestsPerBlock, predict),
      () => fromCallers(1, requestsPerBlock, bare),
      { runs: pairs, warmups: 1 },
    );
    measurements.push({
      name: `time per HTTP prediction, ${callers} caller${callers === 1 ? '' : 's'}`,
      value: ratio,
      // Nine tenths of the bare session's throughput.
      limit: 1 / 0.9,
      unit: 'x',
      detail: `640 × 427 JPEG, against bare session.run on ${availableParallelism()} threads`,
    });
  }
  measurements.push(await measureMemory(server, coco));
  return measurements;
}

/** How much more the web process holds after 2 000 predictions than after the first 500. */
async function measureMemory(server: RunningServer, photo: Buffer): Promise<Measurement> {
  const predict = await predictor(server, await upload(server, tinyModel(), 'tiny'), photo);
  // By then the heap has its size; before, a process grows into it.
  const warmUp = predictionsForMemory / 4;
  for (let i = 0; i < warmUp; i++) await predict();
  const before = await residentMegabytes(server);
  const total = await timeOnce(async () => {
    for (let i = warmUp; i < predictionsForMemory; i++) await predict();
  });
  const after = await residentMegabytes(server);
  return {
    name: `memory of the web process after ${predictionsForMemory} predictions`,
    value: (after / before - 1) * 100,
    limit: 5,
    unit: '%',
    detail: `${before.toFixed(0)} MB after ${warmUp}, ${after.toFixed(0)} MB after all; ${milliseconds(total / (predictionsForMemory - warmUp))} each`,
  };
}

async function residentMegabytes({ origin }: RunningServer): Promise<number> {
  const reply = await fetch(`${origin}/api/metrics`, { headers: { authorization: `Bearer ${metricsToken}` } });
  const bytes = /^process_resident_memory_bytes(?:\{[^}]*\})? (\S+)/m.exec(await reply.text())?.[1];
  if (bytes === undefined) throw new Error(`/api/metrics answered ${reply.status} without the memory of the process`);
  return Number(bytes) / 2 ** 20;
}

async function upload({ origin, key }: RunningServer, bytes: Uint8Array, name: string): Promise<string> {
  const headers = { authorization: `Bearer ${key}` };
  const made = await fetch(`${origin}/api/projects`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ name }),
  });
  const form = new FormData();
  form.append('projectId', (await made.json()).data.id);
  form.append('file', new File([Buffer.from(bytes)], `${name}.onnx`));
  const uploaded = await fetch(`${origin}/api/models`, { method: 'POST', headers, body: form });
  const { data } = await uploaded.json();
  if (data?.status !== 'ready') throw new Error(`uploading ${name} answered ${uploaded.status}`);
  return data.id;
}

/** A body written once and sent as it is: building forms anew would take processor time of the caller, which is not measured. */
async function predictor({ origin, key }: RunningServer, modelId: string, photo: Buffer): Promise<() => Promise<void>> {
  const form = new FormData();
  form.append('file', new File([new Uint8Array(photo)], 'bus.jpg'));
  const written = new Response(form);
  const contentType = written.headers.get('content-type') ?? '';
  const body = Buffer.from(await written.arrayBuffer());
  const agent = new Agent({ keepAlive: true });
  const options = {
    method: 'POST',
    agent,
    headers: { authorization: `Bearer ${key}`, 'content-type': contentType, 'content-length': body.length },
  };
  return () =>
    new Promise((resolve, reject) => {
      const call = request(`${origin}/api/models/${modelId}/predict`, options, (reply) => {
        reply.on('end', () =>
          reply.statusCode === 200 ? resolve() : reject(new Error(`predict: ${reply.statusCode}`)),
        );
        reply.on('error', reject);
        reply.resume();
      });
      call.on('error', reject);
      call.end(body);
    });
}
