'use client';

import { useEffect, useState } from 'react';

/**
 * Whether the key (in lower case) is held down, if `accepts` agreed when it went down. Keys typed into a field and keys with
 * a command modifier are somebody else's.
 */
export function useHeldKey(key: string, accepts: () => boolean): boolean {
  const [isHeld, setIsHeld] = useState(false);
  // Outside system: the keyboard, wherever the focus is: the pointer alone says which stage is meant. Undone by removing the
  // listeners. A window that loses the focus never hears of the release.
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== key || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isField(event.target) || !accepts()) return;
      event.preventDefault();
      setIsHeld(true);
    };
    const release = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() === key) setIsHeld(false);
    };
    const forget = () => setIsHeld(false);
    window.addEventListener('keydown', press);
    window.addEventListener('keyup', release);
    window.addEventListener('blur', forget);
    return () => {
      window.removeEventListener('keydown', press);
      window.removeEventListener('keyup', release);
      window.removeEventListener('blur', forget);
    };
  }, [key, accepts]);
  return isHeld;
}

function isField(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select, [contenteditable="true"]') !== null;
}
