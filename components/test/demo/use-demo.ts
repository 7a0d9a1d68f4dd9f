'use client';

import { type DemoScene, demoScenes } from '@/components/test/demo/demo-scenes';
import { useSession, useTest } from '@/components/test/session/session-context';
import { isDemoKey } from '@/components/test/session/test-state';
import { Fault } from '@/lib/core/fault';

/** Where this browser notes that the demo is not wanted. */
const hiddenKey = 'sightline.demo';

type Demo = {
  /** What is shown now; null where the person has taken over. */
  readonly shown: DemoScene | null;
  readonly show: (scene: DemoScene) => void;
  /** Shows the first scene, unless the person has put the demo away or has begun. */
  readonly showFirst: () => void;
  /** Takes the demo away, on this visit and on later ones. */
  readonly hide: () => void;
};

/** The demo of the page: models that come with the program, on scenes of the kind they know. */
export function useDemo(): Demo {
  const { actions, store } = useSession();
  const shownKey = useTest((state) => state.models.find(({ key }) => isDemoKey(key))?.key ?? null);
  const show = (scene: DemoScene): void => {
    note(null);
    void actions.showDemo(scene, fetchFile);
  };
  return {
    shown: demoScenes.find(({ task }) => shownKey?.endsWith(task)) ?? null,
    show,
    showFirst() {
      const { models, images, live } = store.getState();
      const isBlank = models.length === 0 && images.length === 0 && live.kind === 'off';
      if (isBlank && !isHidden()) show(demoScenes[0]);
    },
    hide() {
      note('hidden');
      actions.leaveDemo();
    },
  };
}

function isHidden(): boolean {
  try {
    return window.localStorage.getItem(hiddenKey) === 'hidden';
  } catch {
    return false;
  }
}

/** Browsers may forbid the notes: the choice then holds for this visit. */
function note(choice: 'hidden' | null): void {
  try {
    if (choice === null) window.localStorage.removeItem(hiddenKey);
    else window.localStorage.setItem(hiddenKey, choice);
  } catch {
    // Said above.
  }
}

async function fetchFile(url: string): Promise<Blob> {
  const reply = await fetch(url).catch(() => null);
  if (reply?.ok) return reply.blob();
  throw new Fault({
    code: 'url-unreachable',
    found: `${url.slice(url.lastIndexOf('/') + 1)} could not be read from this page's server.`,
    remedy: 'Check that the server is running, or drop a model and an image of your own.',
  });
}
