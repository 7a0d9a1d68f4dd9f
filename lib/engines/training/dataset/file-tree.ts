import { Fault } from '@/lib/core/fault';

/**
 * Files as a data set lies in them: a folder on a disk or one dropped into a browser. Paths are absolute within the tree, with
 * slashes: `/data/images/train/1.jpg`.
 */
export type FileTree = {
  /** What lies directly in a folder, in any order; null when there is no such folder. */
  list(folder: string): Promise<readonly FileTreeEntry[] | null>;
  /** The content of a file; null when there is no such file. Rejects with a `Fault` when it is larger than `maximumBytes`. */
  read(path: string, maximumBytes: number): Promise<Uint8Array | null>;
};

export type FileTreeEntry = { readonly name: string; readonly kind: 'file' | 'folder' };

/** A path as written in a file, made absolute: backslashes and `.`, `..` resolved; `..` at the root stays there. */
export function resolvePath(folder: string, written: string): string {
  const slashed = written.trim().replaceAll('\\', '/');
  const isAbsolute = slashed.startsWith('/') || /^[A-Za-z]:\//.test(slashed);
  const parts: string[] = [];
  for (const part of `${isAbsolute ? '' : folder}/${slashed}`.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** The path of what a folder's listing names. */
export function childOf(folder: string, name: string): string {
  return folder === '/' ? `/${name}` : `${folder}/${name}`;
}

/** The folder of a file. */
export function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || '/';
}

/** The last part of a path. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Text of a file, odd bytes replaced; null when there is no such file. */
export async function readText(tree: FileTree, path: string, maximumBytes: number): Promise<string | null> {
  const bytes = await tree.read(path, maximumBytes);
  return bytes === null ? null : new TextDecoder().decode(bytes);
}

/** What a tree rejects with for a file that is larger than what is read. */
export function fileTooLarge(path: string, sizeBytes: number, maximumBytes: number): Fault {
  return new Fault({
    code: 'input-invalid',
    found: `${nameOf(path)} was expected to have at most ${megabytes(maximumBytes)}, and has ${megabytes(sizeBytes)}.`,
    remedy: 'Check that it is the file that was meant.',
  });
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
