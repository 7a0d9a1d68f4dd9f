/** Keeps values up to a number of bytes; what was used longest ago goes first. */
export type ByteLru<V> = {
  /** The value, made the most recently used; or undefined. */
  get(key: string): V | undefined;
  has(key: string): boolean;
  set(key: string, value: V): void;
  delete(key: string): void;
  /** Removes every entry whose key passes. */
  deleteWhere(matches: (key: string) => boolean): void;
  readonly bytes: number;
};

type ByteLruOptions<V> = {
  readonly limitBytes: number;
  readonly sizeOf: (value: V) => number;
  /** Told of every value that leaves: replaced, deleted or evicted. */
  readonly onLeave?: (value: V) => void;
};

/** The newest value always stays, even when it alone is above the limit: it is being looked at. */
export function createByteLru<V>({ limitBytes, sizeOf, onLeave }: ByteLruOptions<V>): ByteLru<V> {
  // A Map iterates in insertion order, so re-inserting on use makes the first key the least recently used one.
  const values = new Map<string, V>();
  let bytes = 0;

  function remove(key: string): void {
    const value = values.get(key);
    if (value === undefined) return;
    values.delete(key);
    bytes -= sizeOf(value);
    onLeave?.(value);
  }

  return {
    get(key) {
      const value = values.get(key);
      if (value === undefined) return undefined;
      values.delete(key);
      values.set(key, value);
      return value;
    },
    has: (key) => values.has(key),
    set(key, value) {
      if (values.get(key) === value) {
        values.delete(key);
        values.set(key, value);
        return;
      }
      remove(key);
      bytes += sizeOf(value);
      values.set(key, value);
      for (const oldest of [...values.keys()]) {
        if (bytes <= limitBytes || values.size === 1) return;
        remove(oldest);
      }
    },
    delete: remove,
    deleteWhere(matches) {
      for (const key of [...values.keys()]) if (matches(key)) remove(key);
    },
    get bytes() {
      return bytes;
    },
  };
}
