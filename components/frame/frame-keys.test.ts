import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { destinationsFor } from '@/components/frame/destinations';
import { createFrameKeys } from '@/components/frame/frame-keys';

/** As much of a keyboard event as the handler asks for. */
function press(key: string, at = 0, modifiers: Partial<KeyboardEvent> = {}) {
  let prevented = false;
  const event = {
    key,
    timeStamp: at,
    target: null,
    metaKey: false,
    ctrlKey: false,
    altKey: false,
    shiftKey: false,
    preventDefault: () => {
      prevented = true;
    },
    stopImmediatePropagation: vi.fn(),
    get defaultPrevented() {
      return prevented;
    },
    ...modifiers,
  };
  return event as typeof event & KeyboardEvent;
}

function setUp(visitor: { isAdmin: boolean } | null = { isAdmin: false }) {
  const calls = { go: vi.fn(), openPalette: vi.fn(), openKeys: vi.fn() };
  let covered = false;
  const handle = createFrameKeys({ ...calls, destinations: destinationsFor(visitor), isCovered: () => covered });
  return {
    ...calls,
    handle,
    cover: () => {
      covered = true;
    },
  };
}

describe('the frame’s keys', () => {
  beforeEach(() => {
    // isOwnKey asks whether the target is an element; here there is no document.
    vi.stubGlobal('Element', class {});
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('goes to a page by G and its letter, and keeps the letter from the page', () => {
    const { handle, go } = setUp();
    handle(press('g', 100));
    const letter = press('p', 900);
    handle(letter);
    expect(go).toHaveBeenCalledExactlyOnceWith('/projects');
    expect(letter.defaultPrevented).toBe(true);
    expect(letter.stopImmediatePropagation).toHaveBeenCalledOnce();
  });

  it('lets the letter be the page’s when it comes late, alone, or leads nowhere', () => {
    const { handle, go } = setUp(null);
    handle(press('t', 0));
    handle(press('g', 100));
    handle(press('t', 1500));
    handle(press('g', 2000));
    const forMembers = press('p', 2100);
    handle(forMembers);
    handle(press('t', 2200));
    expect(go).not.toHaveBeenCalled();
    expect(forMembers.stopImmediatePropagation).not.toHaveBeenCalled();
  });

  it('searches by ⌘K and Ctrl K, not over an open dialog', () => {
    const { handle, openPalette, cover } = setUp();
    handle(press('k', 0, { metaKey: true }));
    const withControl = press('K', 0, { ctrlKey: true });
    handle(withControl);
    expect(withControl.defaultPrevented).toBe(true);
    cover();
    handle(press('k', 0, { ctrlKey: true }));
    handle(press('k', 0));
    expect(openPalette).toHaveBeenCalledTimes(2);
  });

  it('lists the keys by ? unless the page did so itself', () => {
    const { handle, openKeys } = setUp();
    const taken = press('?');
    handle(taken);
    taken.preventDefault();
    vi.runAllTimers();
    expect(openKeys).not.toHaveBeenCalled();
    handle(press('?'));
    vi.runAllTimers();
    expect(openKeys).toHaveBeenCalledOnce();
  });
});
