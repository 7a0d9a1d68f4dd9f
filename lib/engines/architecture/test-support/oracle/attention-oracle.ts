import { assert } from '@/lib/core/assert';
import {
  at,
  channelsOf,
  type FeatureMap,
  joined,
  mapOf,
} from '@/lib/engines/architecture/test-support/oracle/feature-map';
import { softmax } from '@/lib/engines/architecture/test-support/oracle/torch-operations';

/** A run of tokens of one head: what they ask, what they offer, what they say; each [channels, tokens]. */
type Head = { readonly query: FeatureMap; readonly key: FeatureMap; readonly value: FeatureMap };

/**
 * What every token gathers from the others: their values, weighed by the softmax of scaled products of its query with their
 * keys. All tokens of a map attend to each other if `areas` is 1; else only those of the same run of H·W / areas tokens.
 */
function attended({ query, key, value }: Head, scale: number, areas = 1): FeatureMap {
  const tokens = value.height * value.width;
  const runLength = tokens / areas;
  assert(Number.isInteger(runLength), 'the tokens divide by the areas');
  const place = (map: FeatureMap, channel: number, token: number) => map.data[channel * tokens + token];
  const weightsOf = Array.from({ length: tokens }, (_, asking) => {
    const first = Math.floor(asking / runLength) * runLength;
    const products = Float64Array.from({ length: runLength }, (_, other) => {
      let product = 0;
      for (let c = 0; c < query.channels; c += 1) product += place(query, c, asking) * place(key, c, first + other);
      return product * scale;
    });
    return { first, shares: softmax(products) };
  });
  return mapOf(value.channels, value.height, value.width, (c, y, x) => {
    const { first, shares } = weightsOf[y * value.width + x];
    return shares.reduce((sum, share, other) => sum + share * place(value, c, first + other), 0);
  });
}

/** Of all heads: the result's maps and the values' maps, heads one after the other. Channels of a head lie together. */
export function multiHead(
  qkv: FeatureMap,
  heads: number,
  keyWidth: number,
  valueWidth: number,
  { scale, areas = 1 }: { scale: number; areas?: number },
): { readonly gathered: FeatureMap; readonly values: FeatureMap } {
  const perHead = Array.from({ length: heads }, (_, head) => {
    const first = head * (2 * keyWidth + valueWidth);
    const query = channelsOf(qkv, first, keyWidth);
    const key = channelsOf(qkv, first + keyWidth, keyWidth);
    const value = channelsOf(qkv, first + 2 * keyWidth, valueWidth);
    return { value, gathered: attended({ query, key, value }, scale, areas) };
  });
  return {
    gathered: joined(perHead.map(({ gathered }) => gathered)),
    values: joined(perHead.map(({ value }) => value)),
  };
}

/** Mean of each map, as maps of one pixel. */
export function meanOfMaps(x: FeatureMap): FeatureMap {
  return mapOf(x.channels, 1, 1, (c) => {
    let sum = 0;
    for (let y = 0; y < x.height; y += 1)
      for (let column = 0; column < x.width; column += 1) sum += at(x, c, y, column);
    return sum / (x.height * x.width);
  });
}
