import { type ImageHeader, readImageHeader } from '@/lib/engines/vision/image-header';

/** Where a dropped file belongs. A weights file of another kind is a model too: reading it says what to do with it. */
type FileRole = 'model' | 'image' | 'video' | 'other';

export type DroppedFile = {
  readonly file: File;
  /** Path inside the dropped folder with its name, or the bare name. */
  readonly path: string;
};

export type SortedFiles = {
  readonly models: readonly DroppedFile[];
  readonly images: readonly DroppedFile[];
  readonly videos: readonly DroppedFile[];
  readonly others: readonly DroppedFile[];
};

export type Collected = {
  readonly files: readonly DroppedFile[];
  /** More files were there than are taken at once. */
  readonly truncated: boolean;
};

/** Most files taken from one drop: the strip and the export hold one entry for each. */
export const maxDroppedFiles = 10_000;

/** Deepest folder looked into: a link that leads back to its own folder must not make a long walk. */
const deepestFolder = 32;

/** First bytes that tell what a file is. */
const magicBytes = 4096;

const roleOfExtension: ReadonlyMap<string, FileRole> = new Map([
  ...['onnx', 'pt', 'pth', 'torchscript', 'engine', 'tflite', 'ort'].map((name) => [name, 'model'] as const),
  ...['jpg', 'jpeg', 'jfif', 'png', 'webp', 'gif', 'avif', 'bmp', 'heic', 'heif', 'tif', 'tiff'].map(
    (name) => [name, 'image'] as const,
  ),
  ...['mp4', 'm4v', 'mov', 'webm', 'mkv', 'avi', 'ogv', 'mpg', 'mpeg'].map((name) => [name, 'video'] as const),
  ...['txt', 'json', 'yaml', 'yml', 'csv', 'md', 'xml'].map((name) => [name, 'other'] as const),
]);

/** Files that systems leave in folders and no one drops on purpose. */
const litter = /^(?:\..*|Thumbs\.db|desktop\.ini|__MACOSX)$/i;

const naturalOrder = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/**
 * Every file of a drop or paste, folders walked. Must be called while the event is being handled: the transfer is emptied right
 * after, so its entries are taken before the first wait.
 */
export function filesFromTransfer(transfer: DataTransfer): Promise<Collected> {
  const loose: DroppedFile[] = [];
  const folders: FileSystemDirectoryEntry[] = [];
  for (const item of transfer.items) {
    if (item.kind !== 'file') continue;
    const entry = item.webkitGetAsEntry();
    const file = item.getAsFile();
    if (entry && isDirectory(entry)) folders.push(entry);
    else if (file) loose.push({ file, path: file.name });
  }
  return walkFolders(folders, loose);
}

/** The files of an input; one that picks a folder tells the path inside it. */
export function filesFromList(list: Iterable<File>): Collected {
  const all = Array.from(list, (file) => ({ file, path: file.webkitRelativePath || file.name })).filter(
    ({ path }) => !path.split('/').some((part) => litter.test(part)),
  );
  return { files: all.slice(0, maxDroppedFiles), truncated: all.length > maxDroppedFiles };
}

/** Sorts files by what they are, each kind in the order a person reads: 2 before 10. Names without a meaning are looked into. */
export async function sortFiles(files: readonly DroppedFile[]): Promise<SortedFiles> {
  const sorted = {
    model: [] as DroppedFile[],
    image: [] as DroppedFile[],
    video: [] as DroppedFile[],
    other: [] as DroppedFile[],
  };
  const inOrder = [...files].sort((a, b) => naturalOrder.compare(a.path, b.path));
  for (const dropped of inOrder) sorted[await roleOf(dropped.file)].push(dropped);
  return { models: sorted.model, images: sorted.image, videos: sorted.video, others: sorted.other };
}

async function roleOf(file: File): Promise<FileRole> {
  const extension = /\.([^.]+)$/.exec(file.name)?.[1]?.toLowerCase() ?? '';
  return roleOfExtension.get(extension) ?? roleOfMagic(await file.slice(0, magicBytes).arrayBuffer());
}

function roleOfMagic(bytes: ArrayBuffer): FileRole {
  const header: ImageHeader = readImageHeader(new Uint8Array(bytes));
  switch (header.kind) {
    case 'image':
      return 'image';
    case 'foreign':
      if (header.what === 'onnx') return 'model';
      return header.what === 'video' ? 'video' : 'other';
    case 'unknown':
    case 'empty':
      return 'other';
  }
}

async function walkFolders(folders: FileSystemDirectoryEntry[], files: DroppedFile[]): Promise<Collected> {
  const open = folders.map((folder) => ({ folder, depth: 1 }));
  for (let next = open.shift(); next; next = open.shift()) {
    if (files.length > maxDroppedFiles) break;
    for (const entry of await entriesOf(next.folder)) {
      if (litter.test(entry.name)) continue;
      if (isDirectory(entry)) {
        if (next.depth < deepestFolder) open.push({ folder: entry, depth: next.depth + 1 });
      } else if (isFile(entry)) {
        const file = await fileOf(entry);
        if (file) files.push({ file, path: entry.fullPath.replace(/^\//, '') });
      }
    }
  }
  return { files: files.slice(0, maxDroppedFiles), truncated: files.length > maxDroppedFiles };
}

/** A reader gives a folder in portions, an empty one at its end; a folder that cannot be read counts as empty. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  while (all.length <= maxDroppedFiles) {
    const portion = await new Promise<FileSystemEntry[]>((resolve) => {
      reader.readEntries(resolve, () => resolve([]));
    });
    if (portion.length === 0) break;
    all.push(...portion);
  }
  return all;
}

/** Null for a file that vanished between the drop and the walk. */
function fileOf(entry: FileSystemFileEntry): Promise<File | null> {
  return new Promise((resolve) => {
    entry.file(resolve, () => resolve(null));
  });
}

function isDirectory(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}
