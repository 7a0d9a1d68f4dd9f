/** The server keeps unfinished uploads for a day. */
const lifeMilliseconds = 24 * 60 * 60 * 1000;
const storageKey = 'sightline.uploads';

/** An upload that a visit began and did not finish. */
type RememberedUpload = {
  readonly uploadId: string;
  readonly fileName: string;
  readonly sizeBytes: number;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
};

/** Where unfinished uploads are remembered across visits, by the fingerprint of their file. */
export type RememberedUploads = {
  find(fingerprint: string): RememberedUpload | null;
  remember(fingerprint: string, upload: RememberedUpload): void;
  forget(fingerprint: string): void;
};

/** What tells a file from another without reading it: dropped again unchanged, it is the same. */
export function fileFingerprint({ name, size, lastModified }: Pick<File, 'name' | 'size' | 'lastModified'>): string {
  return `${name}|${size}|${lastModified}`;
}

/** Remembers in the browser's own storage; where that is closed, in nothing, and each visit begins anew. */
export function rememberedUploads(
  storage: Pick<Storage, 'getItem' | 'setItem'> | null,
  now: () => number,
): RememberedUploads {
  function read(): Map<string, RememberedUpload> {
    try {
      const entries: unknown = JSON.parse(storage?.getItem(storageKey) ?? '[]');
      if (!Array.isArray(entries)) return new Map();
      return new Map(entries.filter(isEntry).filter(([, { startedAt }]) => now() - startedAt < lifeMilliseconds));
    } catch {
      return new Map();
    }
  }

  function change(apply: (uploads: Map<string, RememberedUpload>) => void): void {
    const uploads = read();
    apply(uploads);
    try {
      storage?.setItem(storageKey, JSON.stringify([...uploads]));
    } catch {
      // A full or closed storage costs nothing but going on after a reload.
    }
  }

  return {
    find: (fingerprint) => read().get(fingerprint) ?? null,
    remember: (fingerprint, upload) => change((uploads) => void uploads.set(fingerprint, upload)),
    forget: (fingerprint) => change((uploads) => void uploads.delete(fingerprint)),
  };
}

/** The storage may hold what another version, or a person, wrote. */
function isEntry(value: unknown): value is [string, RememberedUpload] {
  if (!Array.isArray(value) || typeof value[0] !== 'string') return false;
  const upload: unknown = value[1];
  return (
    typeof upload === 'object' &&
    upload !== null &&
    'uploadId' in upload &&
    typeof upload.uploadId === 'string' &&
    'fileName' in upload &&
    typeof upload.fileName === 'string' &&
    'sizeBytes' in upload &&
    typeof upload.sizeBytes === 'number' &&
    'startedAt' in upload &&
    typeof upload.startedAt === 'number'
  );
}
