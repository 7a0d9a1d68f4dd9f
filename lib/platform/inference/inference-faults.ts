import { DomainError } from '@/lib/core/errors';
import { Fault, type PlainFault } from '@/lib/core/fault';
import type { EndReason, HostEnded } from '@/lib/platform/inference/host-process';
import type { HostTask } from '@/lib/platform/inference/inference-messages';

export type InferenceLimits = { readonly modelMemoryBytes: number; readonly deadlineMs: number };

/** What a host was busy with: the beginning of a sentence, and what is to be made smaller. */
const hostWork = {
  predict: { what: 'The model', remedy: 'Choose a smaller image size or a smaller model.' },
  inspect: { what: 'Reading the model file', remedy: 'Check the file with the program that made it.' },
  convert: {
    what: 'Converting the checkpoint',
    remedy: 'Export it as ONNX where it was made: yolo export model=best.pt format=onnx.',
  },
  'next-frame': { what: 'Decoding the video', remedy: 'Send a video with smaller frames, or single frames as images.' },
} as const satisfies Record<HostTask['kind'], { readonly what: string; readonly remedy: string }>;

/** What to tell whose task a host was busy with when it ended. */
export function endedFault(kind: HostTask['kind'], ended: HostEnded, limits: InferenceLimits): Fault {
  return new Fault(wordsOf(hostWork[kind], ended.reason, limits), { cause: ended });
}

function wordsOf(
  { what, remedy }: { readonly what: string; readonly remedy: string },
  reason: EndReason,
  { modelMemoryBytes, deadlineMs }: InferenceLimits,
): PlainFault {
  switch (reason) {
    case 'deadline':
      return {
        code: 'model-too-slow',
        found: `${what} was given ${deadlineMs / 1000} s and was not done by then, so it was stopped.`,
        remedy,
      };
    case 'memory':
      return {
        code: 'out-of-memory',
        found: `${what} needed more than the ${Math.round(modelMemoryBytes / 2 ** 20)} MB of memory that it may use, so it was stopped.`,
        remedy,
      };
    case 'crash':
    case 'retired':
      return {
        code: 'model-crashed',
        found: `${what} ended the process that it ran in.`,
        remedy: 'Check the file with the program that made it, and try again.',
      };
  }
}

/** There is more to do than can wait. */
export function queueFull(retryAfterSeconds: number): DomainError {
  return new DomainError(
    'UNAVAILABLE',
    `As many predictions are waiting as may. Try again in ${seconds(retryAfterSeconds)}.`,
    { retryAfterSeconds },
  );
}

/** A video whose frames take too long, one after the other. */
export function videoTooSlow(frames: number, { deadlineMs }: InferenceLimits): Fault {
  return new Fault({
    code: 'model-too-slow',
    found: `After ${frames} frames of the video its time was over: a video may take ten times as long as an image, which has ${deadlineMs / 1000} s.`,
    remedy: 'Send a shorter video, or choose a smaller image size or a smaller model.',
  });
}

/** Waited so long that nobody can still want it. */
export function waitedTooLong(deadlineMs: number, retryAfterSeconds: number): DomainError {
  return new DomainError(
    'UNAVAILABLE',
    `The prediction waited ${deadlineMs / 1000} s for its turn. Try again in ${seconds(retryAfterSeconds)}.`,
    { retryAfterSeconds },
  );
}

/** The model took its process down again and again. */
export function modelRefused(crashes: number, retryAfterSeconds: number): DomainError {
  return new DomainError(
    'UNAVAILABLE',
    `The model failed ${crashes} times in a row by taking too much time or memory or by ending its process, so it rests. Try again in ${seconds(retryAfterSeconds)}, or upload it anew.`,
    { retryAfterSeconds },
  );
}

/** The program is about to end. */
export function shuttingDown(): DomainError {
  return new DomainError('UNAVAILABLE', 'The server is stopping. Try again in a few seconds.', {
    retryAfterSeconds: 5,
  });
}

/** The caller went away. */
export function cancelled(): Fault {
  return new Fault({
    code: 'cancelled',
    found: 'The prediction was cancelled.',
    remedy: 'Send it again if it is still wanted.',
  });
}

function seconds(count: number): string {
  return count === 1 ? 'a second' : `${count} seconds`;
}
