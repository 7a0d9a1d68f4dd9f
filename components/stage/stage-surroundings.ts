'use client';

import { type RefObject, useLayoutEffect, useState, useSyncExternalStore } from 'react';
import { offscreenAssets } from '@/lib/browser/offscreen-assets';
import type { Size } from '@/lib/engines/geometry/shape';
import type { PaintAssets } from '@/lib/engines/overlay/paint-context';

const noSize: Size = { width: 0, height: 0 };

/** Size of the element's content in CSS pixels, and the font its text would have. */
export function useElementBox(element: RefObject<HTMLElement | null>): {
  readonly size: Size;
  readonly fontFamily: string;
} {
  const [size, setSize] = useState(noSize);
  const [fontFamily, setFontFamily] = useState('sans-serif');
  // Outside system: the browser's layout. Undone by disconnecting the observer.
  useLayoutEffect(() => {
    const target = element.current;
    if (!target) return;
    const measure = () => {
      const { clientWidth: width, clientHeight: height } = target;
      setSize((size) => (size.width === width && size.height === height ? size : { width, height }));
    };
    measure();
    setFontFamily(getComputedStyle(target).fontFamily);
    const observer = new ResizeObserver(measure);
    observer.observe(target);
    return () => observer.disconnect();
  }, [element]);
  return { size, fontFamily };
}

/** Device pixels per CSS pixel, also after the window has moved to another screen. */
export function usePixelRatio(): number {
  return useSyncExternalStore(
    subscribeToPixelRatio,
    () => window.devicePixelRatio || 1,
    () => 1,
  );
}

/** Off-screen canvases with their caches; new ones when a font has arrived, because text has another width then. */
export function usePaintAssets(): PaintAssets {
  const [assets, setAssets] = useState(offscreenAssets);
  // Outside system: the document's fonts. Undone by removing the listener.
  useLayoutEffect(() => {
    const renew = () => setAssets(offscreenAssets());
    document.fonts.addEventListener('loadingdone', renew);
    return () => document.fonts.removeEventListener('loadingdone', renew);
  }, []);
  return assets;
}

/** A resolution query is true for one ratio only, so each change needs a new one. */
function subscribeToPixelRatio(onChange: () => void): () => void {
  let query = window.matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
  const renew = () => {
    query.removeEventListener('change', renew);
    query = window.matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
    query.addEventListener('change', renew);
    onChange();
  };
  query.addEventListener('change', renew);
  return () => query.removeEventListener('change', renew);
}
