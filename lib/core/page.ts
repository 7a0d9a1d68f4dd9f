import { z } from 'zod';

/** Query parameters of every list. */
export const pageQuery = z.object({
  page: z.coerce.number().int().min(1).max(1_000_000).default(1).describe('Page, from 1'),
  limit: z.coerce.number().int().min(1).max(100).default(20).describe('Items per page'),
});

export type PageQuery = z.infer<typeof pageQuery>;

export const pageMeta = z.object({
  page: z.number().int(),
  limit: z.number().int(),
  total: z.number().int().describe('Items on all pages together'),
});

/** One page of a list and where it stands in the whole. */
export type Page<T> = { readonly items: readonly T[]; readonly meta: z.infer<typeof pageMeta> };

/** Rows before the page. */
export function pageOffset({ page, limit }: PageQuery): number {
  return (page - 1) * limit;
}
