import { constants } from 'node:fs';
import { access, open } from 'node:fs/promises';
import path from 'node:path';
import { Disk } from 'flydrive';
import { FSDriver } from 'flydrive/drivers/fs';
import { isNoEntry, renameDurably, syncFolder } from '@/lib/platform/storage/durable-files';
import { emptyRange, keyOf, type Shelf } from '@/lib/platform/storage/shelf';
import { MissingBytesError } from '@/lib/platform/storage/storage';

/** A folder of this machine. Temporary files lie in it too, so that a file is committed by renaming it. */
export function localShelf(folder: string): Shelf {
  const root = path.resolve(folder);
  const pathOf = (sha256: string): string => path.join(root, keyOf(sha256));
  return {
    disk: new Disk(new FSDriver({ location: root, visibility: 'private' })),
    temporaryFolder: path.join(root, 'temporary'),
    async take(temporary) {
      await renameDurably(temporary.path, pathOf(temporary.sha256));
    },
    async confirm(sha256) {
      await syncFolder(path.dirname(pathOf(sha256)));
    },
    async open(sha256, range) {
      const file = await open(pathOf(sha256), 'r').catch(missing(sha256));
      const { size } = await file.stat();
      if ((range.start ?? 0) >= size && size > 0) {
        await file.close();
        throw emptyRange(sha256, range, size);
      }
      return file.createReadStream({ start: range.start, end: range.end });
    },
    async localFile(sha256) {
      const file = pathOf(sha256);
      await access(file, constants.R_OK).catch(missing(sha256));
      return file;
    },
    async forget() {
      // The disk removed the only copy.
    },
  };
}

function missing(sha256: string): (error: unknown) => never {
  return (error) => {
    throw isNoEntry(error) ? new MissingBytesError(sha256, { cause: error }) : error;
  };
}
