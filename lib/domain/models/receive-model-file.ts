import { type Context, requireScope } from '@/lib/domain/context';
import { requireRoom } from '@/lib/domain/models/require-room';
import { maximumModelBytes } from '@/lib/domain/models/schema';
import type { StagedBytes } from '@/lib/platform/storage/storage';

/** A file that has arrived whole and waits to be looked into; whoever is done with it discards it. */
export type ReceivedFile = {
  readonly staged: StagedBytes;
  readonly fileName: string;
  /** How it came here; as an upload if absent. */
  readonly origin?: 'upload' | 'catalogue';
};

/**
 * Takes a model's file while it streams in. A workspace that is full already learns it before the upload. Throws
 * `QUOTA_EXCEEDED`, or `PAYLOAD_TOO_LARGE` beyond `maximumBytes`.
 */
export async function receiveModelFile(
  context: Context,
  stream: AsyncIterable<Uint8Array>,
  fileName: string,
  maximumBytes: number = maximumModelBytes,
): Promise<ReceivedFile> {
  requireScope(context, 'models');
  await requireRoom(context, { models: 0, bytes: 1 });
  return { staged: await context.storage.stage(stream, { maximumBytes }), fileName };
}
