/** Something that holds memory outside the garbage collector's reach. */
export type Disposable = { dispose(): Promise<void> };

export type SessionCache<T extends Disposable> = {
  /** The live one for this key (now the youngest), or the one `open` makes after the eldest made room. */
  get(key: string, open: () => Promise<T>): Promise<T>;
  drop(key: string): Promise<void>;
  clear(): Promise<void>;
};

/**
 * At most `capacity` live sessions, the least recently used one disposed first. Room is made before a session is opened, so
 * that two heaps' worth of weights never stand beside a third. Not re-entrant: its owner queues calls.
 */
export function createSessionCache<T extends Disposable>(capacity: number): SessionCache<T> {
  const live = new Map<string, T>();

  async function drop(key: string): Promise<void> {
    const session = live.get(key);
    live.delete(key);
    // A session whose device is gone cannot release what the device no longer holds.
    await session?.dispose().catch(() => undefined);
  }

  async function get(key: string, open: () => Promise<T>): Promise<T> {
    const known = live.get(key);
    if (known) {
      live.delete(key);
      live.set(key, known);
      return known;
    }
    for (const eldest of [...live.keys()].slice(0, Math.max(0, live.size - capacity + 1))) await drop(eldest);
    const session = await open();
    live.set(key, session);
    return session;
  }

  async function clear(): Promise<void> {
    for (const key of [...live.keys()]) await drop(key);
  }

  return { get, drop, clear };
}
