import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';

/**
 * Operands that do not fit their operator. A bug of who builds a network of their own; of a network that was read from a
 * file it tells that the file contradicts itself, and the reader turns it into a `Fault`.
 */
export class ShapeError extends Error {
  constructor(scope: string, operator: string, found: string) {
    super(`${scope === '' ? '' : `${scope}: `}${operator}: ${found}`);
    this.name = 'ShapeError';
  }
}

/** Throws a `ShapeError` that names the operator and where in the graph it stands. */
export function assertShape(g: GraphBuilder, operator: string, condition: unknown, found: string): asserts condition {
  if (!condition) throw new ShapeError(g.scope, operator, found);
}
