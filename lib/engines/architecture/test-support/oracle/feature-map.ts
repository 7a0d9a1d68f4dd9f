import { assert } from '@/lib/core/assert';

/** Maps of one image, channel after channel, each row after row, in double precision. */
export type FeatureMap = {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  readonly data: Float64Array;
};

export function featureMap(channels: number, height: number, width: number): FeatureMap {
  return { channels, height, width, data: new Float64Array(channels * height * width) };
}

/** A map whose elements are computed one by one. */
export function mapOf(
  channels: number,
  height: number,
  width: number,
  element: (channel: number, y: number, x: number) => number,
): FeatureMap {
  const map = featureMap(channels, height, width);
  for (let index = 0; index < map.data.length; index += 1) {
    const x = index % width;
    const y = Math.floor(index / width) % height;
    map.data[index] = element(Math.floor(index / (width * height)), y, x);
  }
  return map;
}

export function at(map: FeatureMap, channel: number, y: number, x: number): number {
  return map.data[(channel * map.height + y) * map.width + x];
}

export function applied(map: FeatureMap, change: (value: number) => number): FeatureMap {
  return { ...map, data: map.data.map(change) };
}

export function summed(first: FeatureMap, ...others: readonly FeatureMap[]): FeatureMap {
  const data = first.data.slice();
  for (const other of others) {
    assert(other.data.length === data.length, 'maps of one size are added');
    for (let index = 0; index < data.length; index += 1) data[index] += other.data[index];
  }
  return { ...first, data };
}

/** The channels of all maps one after the other. */
export function joined(maps: readonly FeatureMap[]): FeatureMap {
  const [{ height, width }] = maps;
  assert(
    maps.every((map) => map.height === height && map.width === width),
    'maps of one size are joined',
  );
  const channels = maps.reduce((sum, map) => sum + map.channels, 0);
  const result = featureMap(channels, height, width);
  let offset = 0;
  for (const map of maps) {
    result.data.set(map.data, offset);
    offset += map.data.length;
  }
  return result;
}

/** `count` channels from `first` on. */
export function channelsOf(map: FeatureMap, first: number, count: number): FeatureMap {
  const area = map.height * map.width;
  return { ...map, channels: count, data: map.data.slice(first * area, (first + count) * area) };
}

export function halves(map: FeatureMap): readonly [FeatureMap, FeatureMap] {
  const half = map.channels / 2;
  return [channelsOf(map, 0, half), channelsOf(map, half, half)];
}
