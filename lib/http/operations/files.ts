import { z } from 'zod';
import { fileLinkQuery } from '@/lib/domain/models/schema';
import { defineOperation } from '@/lib/http/operation';

export const downloadFileOperation = defineOperation({
  tag: 'Models',
  surface: 'platform',
  access: 'public',
  limit: 'none',
  id: 'downloadFile',
  method: 'GET',
  path: '/api/files/{sha256}/{fileName}',
  summary: 'Download a file by its signed link',
  description: 'Links come from “Get signed links to the files of a model”. Range requests are answered.',
  params: z.object({
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    fileName: z.string().min(1).max(1000),
  }),
  query: fileLinkQuery,
  headers: z.object({ Range: z.string().optional().describe('Part of the file, such as bytes=0-1023') }),
  body: { kind: 'none' },
  reply: { kind: 'bytes', contentType: 'application/octet-stream', description: 'The file' },
  alsoStatus: 206,
  errors: ['FORBIDDEN', 'NOT_FOUND'],
});
