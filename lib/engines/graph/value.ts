import type { Extent } from '@/lib/engines/graph/extent';
import type { ElementType } from '@/lib/engines/model-files/model-facts';

/** What is known of a value before the graph runs. */
export type ValueType = {
  readonly elementType: ElementType;
  readonly shape: readonly Extent[];
};

/** A value of a graph under construction: an input, a constant, or what a node makes. */
export type Value = ValueType & {
  /** Unique in its graph. */
  readonly name: string;
};
