import { describe, expect, it } from 'vitest';
import { type JobPorts, runJob } from '@/lib/browser/training/run-job';
import type { TrainerEvent } from '@/lib/browser/training/trainer-messages';
import type { ObjectImage, TrainingJob } from '@/lib/browser/training/training-job';
import { Fault } from '@/lib/core/fault';
import { blobSource } from '@/lib/engines/model-files/byte-source';
import { identifyModel } from '@/lib/engines/model-files/identify-model';
import { gradientForms } from '@/lib/engines/training/gradients/gradient-forms';
import type { PixelImage } from '@/lib/engines/vision/pixel-image';
import { nodeSessionFactory } from '@/lib/platform/runtime/onnx-node-session';

const side = 64;

/** A picture is told by its position: a bright square of a quarter of its side on grey, further right in each. */
function picture(position: number): ObjectImage {
  const box = { cx: 0.25 + 0.1 * position, cy: 0.5, width: 0.25, height: 0.25 };
  return {
    path: `picture-${position}`,
    blob: new Blob([JSON.stringify(box)]),
    labels: [{ classId: 0, box, outline: null, keypoints: null }],
  };
}

async function decode(blob: Blob): Promise<PixelImage> {
  const { cx, cy, width, height } = JSON.parse(await blob.text());
  const data = new Uint8Array(3 * side * side).fill(90);
  for (let y = Math.round((cy - height / 2) * side); y < (cy + height / 2) * side; y++) {
    const from = Math.round((cx - width / 2) * side);
    data.fill(230, 3 * (y * side + from), 3 * (y * side + from + Math.round(width * side)));
  }
  return { width: side, height: side, channels: 3, data };
}

function job(epochs: number): TrainingJob {
  const images = Array.from({ length: 6 }, (_, position) => picture(position));
  return {
    task: 'detect',
    model: { kind: 'fresh', scale: 'n' },
    names: ['square'],
    skeleton: null,
    train: images,
    val: images,
    settings: { epochs, imgsz: side, batch: 2, lr0: null, augments: false, seed: 1, backend: 'wasm', threads: 1 },
  };
}

function recording(): { readonly ports: JobPorts; readonly events: TrainerEvent[] } {
  const events: TrainerEvent[] = [];
  const ports: JobPorts = {
    sessions: nodeSessionFactory({ threads: 1 }),
    forms: gradientForms.wasm,
    decode,
    tell: (event) => events.push(event),
    breathe: async () => undefined,
    now: () => performance.now(),
  };
  return { ports, events };
}

function ofKind<K extends TrainerEvent['kind']>(events: readonly TrainerEvent[], kind: K) {
  return events.filter((event): event is Extract<TrainerEvent, { kind: K }> => event.kind === kind);
}

describe('a run of the page', () => {
  it('lowers the loss and ends with a model of the page’s classes', async () => {
    const { ports, events } = recording();
    const outcome = await runJob(job(14), ports, new AbortController().signal);
    expect(outcome).toMatchObject({ reason: 'completed', fault: null });
    const rows = ofKind(events, 'epoch').map(({ row }) => row);
    expect(rows).toHaveLength(14);
    // A network that has seen nothing finds nothing to compare boxes with at first: their losses rise before they fall.
    const totals = rows.map(({ train }) => Object.values(train).reduce((sum, loss) => sum + loss, 0));
    expect(totals.at(-1)).toBeLessThan(0.6 * Math.max(...totals));
    // With statistics that follow as slowly as in long runs it would find nothing yet.
    expect(rows.at(-1)?.metrics?.['mAP50(B)']).toBeGreaterThan(0.5);

    const weights = ofKind(events, 'weights');
    expect(weights.filter(({ isFinal }) => isFinal)).toHaveLength(1);
    const last = weights.at(-1);
    expect(last?.epoch).toBe(outcome.epoch);
    const { readings } = await identifyModel(blobSource(last?.onnx ?? new Blob()));
    expect(readings[0].spec).toMatchObject({ task: 'detect', names: ['square'] });
  }, 120_000);

  it('stops when it is told to, with the weights of the last whole epoch', async () => {
    const { ports, events } = recording();
    const abort = new AbortController();
    const tell = (event: TrainerEvent) => {
      ports.tell(event);
      if (event.kind === 'step' && event.epoch === 2) abort.abort();
    };
    const outcome = await runJob(job(50), { ...ports, tell }, abort.signal);
    expect(outcome).toMatchObject({ reason: 'cancelled', epoch: 1 });
    expect(ofKind(events, 'weights').at(-1)).toMatchObject({ isFinal: true, epoch: 1 });
  }, 120_000);

  it('says which picture cannot be read and goes on without it', async () => {
    const { ports, events } = recording();
    const fails = async (blob: Blob) => {
      if ((await blob.text()).includes('"cx":0.25')) {
        throw new Fault({ code: 'image-truncated', found: 'The picture is cut.', remedy: 'Copy it again.' });
      }
      return decode(blob);
    };
    await runJob(job(1), { ...ports, decode: fails }, new AbortController().signal);
    expect(ofKind(events, 'notice').map(({ text }) => text)).toContainEqual(expect.stringContaining('picture-0'));
  }, 120_000);
});
