import type { OriginFolder } from '@/lib/browser/origin-files';

/** A folder as browsers give it, in memory; a write beyond the capacity fails as on a full disk. */
export function memoryFolder({ capacityBytes = Number.POSITIVE_INFINITY } = {}): OriginFolder {
  const files = new Map<string, File>();

  function existing(name: string): File {
    const file = files.get(name);
    if (!file) throw new DOMException('There is no such file.', 'NotFoundError');
    return file;
  }

  return {
    async *keys() {
      yield* [...files.keys()];
    },

    async getFileHandle(name, { create = false } = {}) {
      if (create && !files.has(name)) files.set(name, new File([], name));
      existing(name);
      const parts: (Blob | string)[] = [];
      return {
        getFile: async () => existing(name),
        createWritable: async () => ({
          async write(content) {
            const { size } = new Blob([content]);
            if (size > capacityBytes) throw new DOMException('The disk is full.', 'QuotaExceededError');
            parts.push(content);
          },
          abort: async () => undefined,
          close: async () => void files.set(name, new File(parts, name)),
        }),
      };
    },

    async removeEntry(name) {
      existing(name);
      files.delete(name);
    },
  };
}
