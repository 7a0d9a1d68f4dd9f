/** What is remembered about a model besides its bytes. */
export type StoredModel = {
  /** SHA-256 of the file, hex. */
  readonly id: string;
  readonly name: string;
  readonly sizeBytes: number;
  /** Milliseconds since 1970. */
  readonly addedAt: number;
  /** Which of the model's readings the person picked; null before. */
  readonly readingIndex: number | null;
};

/** Where entries are kept: a file and its record for each id. */
export type Shelf = {
  list(): Promise<StoredModel[]>;
  /** The record counts from the moment it is written; it is written last. */
  put(record: StoredModel, file: Blob): Promise<void>;
  file(id: string): Promise<Blob | null>;
  update(id: string, change: (record: StoredModel) => StoredModel): Promise<void>;
  remove(id: string): Promise<void>;
};

/** A shelf that lasts as long as the page. */
export function createMemoryShelf(): Shelf {
  const entries = new Map<string, { record: StoredModel; file: Blob }>();
  return {
    list: async () => [...entries.values()].map(({ record }) => record),
    put: async (record, file) => void entries.set(record.id, { record, file }),
    file: async (id) => entries.get(id)?.file ?? null,
    async update(id, change) {
      const entry = entries.get(id);
      if (entry) entries.set(id, { ...entry, record: change(entry.record) });
    },
    remove: async (id) => void entries.delete(id),
  };
}
