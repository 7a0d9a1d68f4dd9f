import { type Destination, destinationByLetter } from '@/components/frame/destinations';
import { isOwnKey } from '@/components/ui/own-key';

type FrameKeysOptions = {
  readonly destinations: readonly Destination[];
  readonly go: (href: string) => void;
  readonly openPalette: () => void;
  readonly openKeys: () => void;
  /** Whether a dialog lies over the page. */
  readonly isCovered: () => boolean;
};

/** How long after G a letter still means a page. */
const sequenceMilliseconds = 1200;

/**
 * What keys mean on every page: ⌘K or Ctrl K searches, G and a letter goes to a page, ? lists the keys. Meant for the window's
 * capture phase, so that the letter after G is not taken for one of the page's own keys.
 */
export function createFrameKeys(options: FrameKeysOptions): (event: KeyboardEvent) => void {
  let goPressedAt = Number.NEGATIVE_INFINITY;

  return (event) => {
    const { key } = event;
    if ((event.metaKey || event.ctrlKey) && !event.altKey && !event.shiftKey && key.toLowerCase() === 'k') {
      if (options.isCovered()) return;
      event.preventDefault();
      options.openPalette();
      return;
    }
    if (event.metaKey || event.ctrlKey || event.altKey || isOwnKey(event)) return;
    const follows = event.timeStamp - goPressedAt < sequenceMilliseconds;
    goPressedAt = Number.NEGATIVE_INFINITY;
    const destination = follows ? destinationByLetter(key, options.destinations) : null;
    if (destination !== null) {
      event.preventDefault();
      event.stopImmediatePropagation();
      options.go(destination.href);
      return;
    }
    if (key === 'g' || key === 'G') {
      goPressedAt = event.timeStamp;
      return;
    }
    // Pages that list keys of their own take the event first, further down its way.
    if (key === '?') setTimeout(() => event.defaultPrevented || options.openKeys());
  };
}
