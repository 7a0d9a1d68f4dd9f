import { modelColumnIds } from '@/components/models/model-columns';
import type { ModelOrder } from '@/components/models/models-table';

const usualOrder: ModelOrder = { by: 'created', direction: 'descending' };

/** How an address says what a table is sorted by: `size`, or `-size` downwards. Newest first without one. */
export function orderFromAddress(text: string | undefined): ModelOrder {
  const isDown = text?.startsWith('-') === true;
  const word = isDown ? text?.slice(1) : text;
  const by = (['name', ...modelColumnIds] as const).find((id) => id === word);
  return by === undefined ? usualOrder : { by, direction: isDown ? 'descending' : 'ascending' };
}

/** The word for an address; null for the usual order. */
export function addressOfOrder({ by, direction }: ModelOrder): string | null {
  if (by === usualOrder.by && direction === usualOrder.direction) return null;
  return direction === 'descending' ? `-${by}` : by;
}
