import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createOutput } from '@/lib/cli/output';
import { tellTrainResult } from '@/lib/cli/tell-train-result';
import { Fault } from '@/lib/core/fault';
import type { TrainingResult } from '@/lib/engines/training/loop/train-model';
import { noProgress } from '@/lib/engines/training/loop/training-progress';

let runFolder = '';

beforeEach(() => {
  runFolder = mkdtempSync(join(tmpdir(), 'sightline-result-'));
});

afterEach(() => rmSync(runFolder, { recursive: true, force: true }));

const finished: TrainingResult = {
  reason: 'completed',
  progress: { ...noProgress, epoch: 2, seconds: 61, best: { epoch: 1, fitness: 0.5 } },
  fault: null,
  scores: null,
};

/** What is told of a run whose folder holds these files: on the output, then on the errors. */
async function told(result: TrainingResult, files: readonly string[]): Promise<[string, string]> {
  for (const file of files) {
    mkdirSync(dirname(join(runFolder, file)), { recursive: true });
    writeFileSync(join(runFolder, file), '');
  }
  const texts: [string, string] = ['', ''];
  const [output, errors] = [0, 1].map((at) =>
    createOutput(
      new Writable({
        write(part, _, done) {
          texts[at] += String(part);
          done();
        },
      }),
    ),
  );
  await tellTrainResult(result, { output, errors, runFolder, shown: 'runs/train', names: ['a'] });
  return texts;
}

describe('the end of a training', () => {
  it('names the model', async () => {
    expect((await told(finished, ['weights/best.onnx']))[0]).toBe(
      '0 epochs in 00:01:01; the best one was 1\n' +
        'The model is runs/train/weights/best.onnx; all files of the run are in runs/train\n',
    );
  });

  it('promises no model that could not be saved, or is another run’s', async () => {
    expect((await told(finished, []))[0]).toContain('There is no model; the files of the run are in runs/train\n');
    const fault = new Fault({ code: 'model-not-finite', found: 'The loss is none.', remedy: 'Train again.' });
    const diverged: TrainingResult = { ...finished, reason: 'diverged', progress: noProgress, fault };
    const [output, errors] = await told(diverged, ['weights/best.onnx']);
    expect(output).toContain('There is no model');
    expect(errors).toBe('sightline: The loss is none. Train again.\n');
  });

  it('says how to go on only where there is a state to go on from', async () => {
    const stopped: TrainingResult = { ...finished, reason: 'cancelled' };
    expect((await told(stopped, []))[0]).toBe('Stopped in epoch 3.\n');
    expect((await told(stopped, ['weights/last.ckpt']))[0]).toBe(
      'Stopped in epoch 3. Go on with: sightline train resume=runs/train/weights/last.ckpt\n',
    );
  });
});
