import { makeThumbnail } from '@/components/test/make-thumbnail';
import type { SessionPorts } from '@/components/test/session/session-core';
import { createVisionClient } from '@/lib/browser/vision-client';
import { interpretHead } from '@/lib/engines/vision/interpret-head';

/** The outside world of a real page. Nothing starts before it is used, so this may be called while rendering on a server. */
export function browserPorts(): SessionPorts {
  return {
    client: createVisionClient({ cores: typeof navigator === 'undefined' ? 1 : navigator.hardwareConcurrency }),
    modelStore: modelStoreOfPage,
    interpret: interpretHead,
    thumbnails: { make: makeThumbnail, release: (url) => URL.revokeObjectURL(url) },
    live: {
      openVideo: async (file) => (await import('@/lib/browser/video-source')).openVideo(file),
      openCamera: async (choice) => (await import('@/lib/browser/camera-source')).openCamera(choice),
    },
    now: () => performance.now(),
  };
}

let store: Promise<import('@/lib/browser/model-store').ModelStore> | null = null;

/** The models remembered on this machine, opened once a page. */
export function modelStoreOfPage(): Promise<import('@/lib/browser/model-store').ModelStore> {
  store ??= import('@/lib/browser/model-store').then((module) => module.openModelStore());
  return store;
}
