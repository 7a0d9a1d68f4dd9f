import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { tinyModel } from '@/lib/engines/model-files/test-support/tiny-models';
import { sampleVideoFrames } from '@/lib/platform/inference/file-hosts';
import { createHostFleet } from '@/lib/platform/inference/host-fleet';
import type { FrameSampling, VideoFrame } from '@/lib/platform/inference/inference-messages';
import { createInferencePool } from '@/lib/platform/inference/inference-pool';
import type { InferenceRequest } from '@/lib/platform/inference/inference-request';
import { imageRequest, storedModel, temporaryFolder } from '@/lib/platform/inference/test-support/pool-material';
import { recordingLibrary, recordVideo } from '@/lib/platform/inference/test-support/record-video';

const folder = temporaryFolder();
const model = storedModel(folder, tinyModel());
const library = await recordingLibrary();
const limits = { modelMemoryBytes: 2 ** 29, deadlineMs: 20_000 };
const fleet = createHostFleet({ projectFolder: process.cwd(), maximumMemoryBytes: 2 ** 31, ...limits });
const pool = createInferencePool({ maximumMemoryBytes: 2 ** 31, ...limits, threads: 1 });

afterEach(() => fleet.close());

afterAll(async () => {
  await pool.close();
  rmSync(folder, { recursive: true });
});

async function framesOf(name: string, sampling: FrameSampling): Promise<VideoFrame[]> {
  const frames: VideoFrame[] = [];
  for await (const frame of sampleVideoFrames(fleet, join(folder, name), sampling, limits)) frames.push(frame);
  return frames;
}

function videoRequest(name: string, maximumFrames: number): InferenceRequest {
  const input = { kind: 'video' as const, file: join(folder, name), name, maximumFrames, everySeconds: 0 };
  return { ...imageRequest(model, new Uint8Array()), input };
}

/** Whether a frame is white at a place given as parts of its width and height. */
function isWhite({ pixels }: VideoFrame, x: number, y: number): boolean {
  const column = Math.floor(x * pixels.width);
  const row = Math.floor(y * pixels.height);
  return pixels.data[(row * pixels.width + column) * 3] > 128;
}

it.runIf(library === null)('refuses videos with what to install where the libraries are missing', async () => {
  writeFileSync(join(folder, 'clip.mp4'), 'not looked at');
  const prediction = pool.predict(videoRequest('clip.mp4', 5));
  await expect(prediction).rejects.toMatchObject({ name: 'Fault', code: 'video-unreadable' });
  await expect(prediction).rejects.toThrow(/mediabunny/);
});

describe.runIf(library !== null)('videos', () => {
  it.each([
    ['mp4', 'avc'],
    ['mp4', 'hevc'],
    ['mp4', 'av1'],
    ['webm', 'vp8'],
    ['webm', 'vp9'],
  ] as const)('are decoded (%s, %s), upright and with the right pixels', async (container, codec) => {
    if (library === null) return;
    const name = `${codec}.${container}`;
    await recordVideo(library, join(folder, name), { container, codec, width: 320, height: 180, frames: 4 });
    const [frame, ...others] = await framesOf(name, { maximumFrames: 10, everySeconds: 0.1 });
    expect(others).toHaveLength(3);
    expect(frame.pixels).toMatchObject({ width: 320, height: 180, channels: 3 });
    expect([isWhite(frame, 0.2, 0.5), isWhite(frame, 0.8, 0.5)]).toEqual([true, false]);
  });

  it('are turned as a player turns them', async () => {
    if (library === null) return;
    const recording = { container: 'mp4', codec: 'avc', width: 320, height: 180, frames: 1, rotation: 90 } as const;
    await recordVideo(library, join(folder, 'turned.mp4'), recording);
    const [frame] = await framesOf('turned.mp4', { maximumFrames: 1, everySeconds: 0 });
    expect(frame.pixels).toMatchObject({ width: 180, height: 320 });
    expect([isWhite(frame, 0.5, 0.2), isWhite(frame, 0.5, 0.8)]).toEqual([true, false]);
  });

  it('are sampled evenly over their whole length, and never more often than asked for', async () => {
    if (library === null) return;
    const recording = { container: 'mp4', codec: 'avc', width: 64, height: 64, frames: 50 } as const;
    await recordVideo(library, join(folder, 'long.mp4'), recording);
    const secondsOf = async (sampling: FrameSampling) =>
      (await framesOf('long.mp4', sampling)).map(({ seconds }) => seconds);
    expect(await secondsOf({ maximumFrames: 5, everySeconds: 0 })).toEqual([0, 1, 2, 3, 4]);
    expect(await secondsOf({ maximumFrames: 100, everySeconds: 2 })).toEqual([0, 2, 4]);
    expect(await secondsOf({ maximumFrames: 100, everySeconds: 0 })).toHaveLength(50);
  });

  it('are predicted frame by frame', async () => {
    if (library === null) return;
    const recording = { container: 'mp4', codec: 'avc', width: 128, height: 96, frames: 6 } as const;
    await recordVideo(library, join(folder, 'clip.mp4'), recording);
    const { task, images } = await pool.predict(videoRequest('clip.mp4', 3));
    expect(task).toBe('detect');
    expect(images.map(({ seconds, size }) => [seconds, size.width, size.height])).toEqual([
      [0, 128, 96],
      [0.2, 128, 96],
      [0.4, 128, 96],
    ]);
  });

  it('are refused when they are something else or damaged', async () => {
    if (library === null) return;
    writeFileSync(join(folder, 'text.mp4'), 'this is not a video');
    await expect(pool.predict(videoRequest('text.mp4', 3))).rejects.toMatchObject({ code: 'video-unreadable' });
    await expect(pool.predict(videoRequest('missing.mp4', 3))).rejects.toMatchObject({ code: 'video-unreadable' });
  });
});
