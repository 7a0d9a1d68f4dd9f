import { modelStoreOfPage } from '@/components/test/browser-ports';
import { makeThumbnail } from '@/components/test/make-thumbnail';
import type { TrainPorts } from '@/components/train/session/train-core';
import { threadCount } from '@/lib/browser/backend-choice';
import { createTrainerClient } from '@/lib/browser/training/trainer-client';
import { createVisionClient } from '@/lib/browser/vision-client';

/** The outside world of a real page. Nothing starts before it is used, so this may be called while rendering on a server. */
export function browserTrainPorts(): TrainPorts {
  return {
    vision: createVisionClient({ cores: cores() }),
    trainer: createTrainerClient(),
    modelStore: modelStoreOfPage,
    runShelf: async () => {
      const { openRunShelf } = await import('@/lib/browser/training/run-shelf');
      return navigator.storage ? openRunShelf(navigator.storage).catch(() => null) : null;
    },
    draftShelf: async () => {
      const { openDraftShelf } = await import('@/lib/browser/training/draft-shelf');
      return navigator.storage ? openDraftShelf(navigator.storage).catch(() => null) : null;
    },
    thumbnails: { make: makeThumbnail, release: (url) => URL.revokeObjectURL(url) },
    newId: () => crypto.randomUUID(),
  };
}

/** Threads a run gets: one core stays free for the page, so that it answers while training goes on. */
export function trainingThreads(): number {
  if (typeof window === 'undefined') return 1;
  return threadCount({ cores: cores(), crossOriginIsolated: window.crossOriginIsolated });
}

function cores(): number {
  return typeof navigator === 'undefined' ? 1 : navigator.hardwareConcurrency || 1;
}
