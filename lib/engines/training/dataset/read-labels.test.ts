import { describe, expect, it } from 'vitest';
import { survive } from '@/lib/engines/model-files/test-support/survival';
import type { LabelRule } from '@/lib/engines/training/dataset/label-rule';
import { readLabels } from '@/lib/engines/training/dataset/read-labels';

const detect: LabelRule = { task: 'detect', classCount: 3, keypoints: null };
const segment: LabelRule = { ...detect, task: 'segment' };
const obb: LabelRule = { ...detect, task: 'obb' };
const pose: LabelRule = { task: 'pose', classCount: 1, keypoints: { count: 2, dims: 3 } };

/** The only sentence about a line, without what was done about it. */
function complaint(line: string, rule: LabelRule): string {
  const { labels, wrong } = readLabels(line, rule);
  expect(labels).toEqual([]);
  expect(wrong).toHaveLength(1);
  return wrong[0].found;
}

describe('readLabels', () => {
  it('reads boxes of any spacing and line end, with a byte order mark and blank lines', () => {
    const { labels, wrong } = readLabels(
      '\uFEFF0 0.5 0.5 0.2 0.4\r\n\r\n  2\t.25 2.5e-1 0.1 0.1  \r1 0.1 0.1 0.1 0.1',
      detect,
    );
    expect(wrong).toEqual([]);
    expect(labels.map(({ classId, box }) => [classId, ...Object.values(box)])).toEqual([
      [0, 0.5, 0.5, 0.2, 0.4],
      [2, 0.25, 0.25, 0.1, 0.1],
      [1, 0.1, 0.1, 0.1, 0.1],
    ]);
  });

  it('takes files of predictions, with a confidence at the end, and outlines for their bounds', () => {
    const { labels, wrong } = readLabels('0 0.5 0.5 0.2 0.4 0.87\n1 0.1 0.2 0.3 0.2 0.3 0.6', detect);
    expect(wrong).toEqual([]);
    expect(labels[0].box).toEqual({ cx: 0.5, cy: 0.5, width: 0.2, height: 0.4 });
    expect(labels[1].box.cy).toBeCloseTo(0.4, 12);
    expect(labels[1].outline).toBeNull();
  });

  it('reads outlines of any length and keeps them in the image', () => {
    const { labels } = readLabels('0 -0.005 0.1 0.5 0.1 0.5 0.5 0.2 1.004', segment);
    expect(labels[0].outline).toEqual(Float32Array.of(0, 0.1, 0.5, 0.1, 0.5, 0.5, 0.2, 1));
    expect(labels[0].box.width).toBeCloseTo(0.505, 12);
  });

  it('reads oriented boxes whose corners leave the image', () => {
    const { labels, wrong } = readLabels('1 -0.2 0.2 0.2 -0.2 0.4 0 0 0.4', obb);
    expect(wrong).toEqual([]);
    expect(labels[0].outline?.[0]).toBeCloseTo(-0.2, 6);
  });

  it('reads keypoints, with visibility and without', () => {
    expect(readLabels('0 0.5 0.5 1 1 0.1 0.2 2 -1 -1 0', pose).labels[0].keypoints).toEqual(
      Float32Array.of(0.1, 0.2, 2, 0, 0, 0),
    );
    const flat: LabelRule = { ...pose, keypoints: { count: 2, dims: 2 } };
    expect(readLabels('0 0.5 0.5 1 1 0.1 0.2 -1 0.3', flat).labels[0].keypoints).toEqual(
      Float32Array.of(0.1, 0.2, 2, 0, 0.3, 0),
    );
  });

  it.each<[string, string, LabelRule, RegExp]>([
    ['words', 'dog 0.5 0.5 0.1 0.1', detect, /“dog”/],
    ['commas', '0,0.5,0.5,0.1,0.1', detect, /Numbers/],
    ['numbers that are not decimal', '0 0x1 0.5 0.1 0.1', detect, /“0x1”/],
    ['infinity', '0 1e999 0.5 0.1 0.1', detect, /Infinity/],
    ['not a number', '0 nan 0.5 0.1 0.1', detect, /“nan”/],
    ['a class beyond the names', '3 0.5 0.5 0.1 0.1', detect, /Class 3 .* classes 0 to 2/],
    ['half a class', '0.5 0.5 0.5 0.1 0.1', detect, /class number/],
    ['a negative class', '-1 0.5 0.5 0.1 0.1', detect, /class number/],
    ['pixels in place of fractions', '0 320 240 64 48', detect, /320/],
    ['a box without area', '0 0.5 0.5 0 0.1', detect, /no area/],
    ['a negative width', '0 0.5 0.5 -0.2 0.1', detect, /-0.2/],
    ['too few values', '0 0.5 0.5', detect, /2 values followed/],
    ['a class alone', '0', detect, /0 values followed/],
    ['a box where an outline belongs', '0 0.5 0.5 0.1 0.1', segment, /outline/],
    ['half a point', '0 0.1 0.1 0.2 0.1 0.2 0.2 0.3', segment, /7 values/],
    ['a box where corners belong', '0 0.5 0.5 0.1 0.1', obb, /4 corners/],
    ['labels of another skeleton', '0 0.5 0.5 1 1 0.1 0.2 2', pose, /2 keypoints/],
    ['a keypoint outside', '0 0.5 0.5 1 1 0.1 0.2 2 1.5 0.1 2', pose, /1.5/],
    ['an unknown visibility', '0 0.5 0.5 1 1 0.1 0.2 7 0.1 0.1 2', pose, /visibility.* 7/],
  ])('tells %s', (_, line, rule, sentence) => {
    expect(complaint(line, rule)).toMatch(sentence);
  });

  it('skips what is wrong alone, names its line, and keeps one of two equal objects', () => {
    const { labels, wrong } = readLabels('0 0.5 0.5 0.1 0.1\n\nx\n0 0.5 0.5 0.1 0.1\n1 0.5 0.5 0.1 0.1', detect);
    expect(labels.map(({ classId }) => classId)).toEqual([0, 1]);
    expect(wrong.map(({ line }) => line)).toEqual([3, 4]);
    expect(wrong[1].found).toMatch(/line 1 already/);
  });

  it.each(['1', '1.', ' ', '-', '1e', '0.1 '])('is not slowed down by megabytes of %j', async (filler) => {
    const text = `0 ${filler.repeat(2_000_000 / filler.length)}x`;
    await survive(filler, async () => readLabels(text, segment), { milliseconds: 3000, mebibytes: 256 });
  });

  it('quotes little of a long word and stops at absurd counts', () => {
    expect(complaint('x'.repeat(100_000), detect).length).toBeLessThan(120);
    const crowd = Array.from({ length: 20_002 }, (_, k) => `0 0.5 0.5 0.1 ${(k + 1) / 40_000}`).join('\n');
    const { labels, wrong } = readLabels(crowd, detect);
    expect(labels).toHaveLength(20_000);
    expect(wrong).toHaveLength(1);
  });
});
