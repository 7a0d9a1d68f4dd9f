import { Fault } from '@/lib/core/fault';
import type { Head } from '@/lib/engines/model-files/model-facts';
import type { HeadOutput } from '@/lib/engines/vision/head-output';

/** A detection head's output as a table of rows (one per anchor or final box) and channels, whatever its memory order. */
export type HeadTable = {
  readonly data: Float32Array;
  readonly rows: number;
  readonly classCount: number;
  /** Value (row, channel) is data[row × rowStep + channel × channelStep]. */
  readonly rowStep: number;
  readonly channelStep: number;
  /** First channel of the class scores (of final rows: the score, then the class). */
  readonly scoresAt: number;
  /** Channel of the objectness the class scores are multiplied by, or null. */
  readonly objectnessAt: number | null;
  /** First channel after the class scores. */
  readonly extrasAt: number;
};

/** The layouts that answer boxes. */
export type DetectionLayout = Extract<Head['layout'], 'anchors' | 'anchors-transposed' | 'anchors-objectness' | 'rows'>;

/** Channels before the class scores, or before the extras of final rows: box, objectness; box, score, class. */
const fixedChannels: Readonly<Record<DetectionLayout, number>> = {
  anchors: 4,
  'anchors-transposed': 4,
  'anchors-objectness': 5,
  rows: 6,
};

/**
 * Reads a detection output by the head's layout. Throws a `Fault` (`model-unreadable-output`) when the shape is not what the
 * head promises. A class count the file did not tell follows from the number of channels; for `rows` it stays 0.
 */
export function headTable(head: Head, layout: DetectionLayout, main: HeadOutput['main']): HeadTable {
  const { dims } = main;
  const fixed = fixedChannels[layout];
  const spokenFor = fixed + head.extraCount;
  const classChannels = layout === 'rows' ? 0 : head.classCount;
  const channelAxis = layout === 'anchors' ? 0 : 1;
  const channels = dims[channelAxis];
  const classCount = classChannels ?? channels - spokenFor;
  const readable = dims.length === 2 && channels === spokenFor + classCount && (layout === 'rows' || classCount > 0);
  if (!readable) throw unreadableOutput(expectedShape(head, layout), dims);

  const rows = dims[1 - channelAxis];
  return {
    data: floatData(main),
    rows,
    classCount,
    rowStep: layout === 'anchors' ? 1 : channels,
    channelStep: layout === 'anchors' ? rows : 1,
    scoresAt: layout === 'rows' ? 4 : fixed,
    objectnessAt: layout === 'anchors-objectness' ? 4 : null,
    extrasAt: fixed + classCount,
  };
}

/** The floats of an output that must be floats. */
export function floatData({ data, dims }: HeadOutput['main']): Float32Array {
  if (data instanceof Float32Array) return data;
  throw unreadableOutput('floating point values', dims);
}

/** The fault of an output that does not have the shape its head promises; shapes are told without the batch axis. */
export function unreadableOutput(expected: string, found: readonly number[]): Fault {
  return new Fault({
    code: 'model-unreadable-output',
    found: `The output was expected to hold ${expected} per image, but its shape is [${found.join(', ')}].`,
    remedy: 'Choose another reading of the model, or export it again with the Ultralytics package.',
  });
}

function expectedShape(head: Head, layout: DetectionLayout): string {
  const extras = head.extraCount > 0 ? ` + ${head.extraCount}` : '';
  const classes = head.classCount ?? 'classes';
  switch (layout) {
    case 'anchors':
      return `[4 + ${classes}${extras}, anchors]`;
    case 'anchors-transposed':
      return `[anchors, 4 + ${classes}${extras}]`;
    case 'anchors-objectness':
      return `[anchors, 5 + ${classes}${extras}]`;
    case 'rows':
      return `[rows, 6${extras}]`;
  }
}
