import { createResumableFiles } from '@/lib/platform/storage/resumable-file';

/** Run by a test: appends pieces to one upload and prints each acknowledged length, until the test kills the process. */
const pieceBytes = 10_000;
const files = createResumableFiles(process.argv[2]);

async function* piece(): AsyncGenerator<Uint8Array> {
  for (let sent = 0; sent < pieceBytes; sent += 1000) yield Buffer.from('0123456789'.repeat(100));
}

for (let offset = 0; ; ) {
  offset = await files.append('upload_1', offset, piece(), { maximumBytes: Number.MAX_SAFE_INTEGER });
  process.stdout.write(`${offset}\n`);
}
