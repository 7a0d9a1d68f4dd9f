import { z } from 'zod';
import { maximumModelBytes } from '@/lib/domain/models/schema';

/** A large file that is sent in pieces and survives broken connections. */
export const upload = z
  .object({
    id: z.string().describe('upload_…'),
    fileName: z.string(),
    sizeBytes: z.number().int().describe('Bytes of the whole file'),
    offset: z.number().int().describe('Bytes that are safe here: where the next piece begins'),
    chunkBytes: z.number().int().describe('A good size for one piece; any size is taken'),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime().describe('An upload that is not used by then is forgotten'),
  })
  .meta({ id: 'Upload' });
export type Upload = z.infer<typeof upload>;

export const uploadId = z
  .string()
  .regex(/^[\w-]{1,64}$/)
  .describe('upload_…');

export const createUploadInput = z.object({
  fileName: z.string().min(1).max(1000).describe('As it is called on your disk'),
  sizeBytes: z.number().int().min(1).max(Number.MAX_SAFE_INTEGER).describe('Bytes of the whole file'),
});
export type CreateUploadInput = z.infer<typeof createUploadInput>;

/** Largest file that may be uploaded. */
export const maximumUploadBytes = maximumModelBytes;
