import { describe, expect, it } from 'vitest';
import type { ImageLabels, TrainDocument } from '@/components/train/document/train-document';
import type { TrainImage } from '@/components/train/session/train-state';
import { classFolderFiles, type DatasetFile, objectLabelFiles } from '@/components/train/take-away/dataset-files';
import { describeDataset } from '@/lib/engines/training/dataset/dataset-description';
import { readLabels } from '@/lib/engines/training/dataset/read-labels';
import { readYaml } from '@/lib/engines/training/dataset/yaml/read-yaml';

const box = { cx: 0.5, cy: 0.4, width: 0.25, height: 0.125 };
const nothing: ImageLabels = { objects: [], classId: null };

function picture(id: string, name: string): TrainImage {
  return { id, name, blob: new Blob([id]), size: null, thumbnailUrl: null, fault: null, split: null };
}

function documentOf(names: readonly string[], labels: Readonly<Record<string, ImageLabels>>): TrainDocument {
  return { names, labels: new Map(Object.entries(labels)) };
}

function textOf(files: readonly DatasetFile[], path: string): string {
  const content = files.find((file) => file.path === path)?.content;
  if (typeof content !== 'string') throw new Error(`There is a text at ${path}.`);
  return content;
}

describe('labels that are taken away', () => {
  it('are read again as they were, with names that a careless writer would break', () => {
    const names = ['bolt: "M4" # 1', 'no', 'nut\nnc: 99'];
    const label = { id: 'a', classId: 1, box, outline: null, keypoints: null };
    const images = [picture('1', 'set/one.png'), picture('2', 'two.jpg')];
    const files = objectLabelFiles({
      images,
      document: documentOf(names, { 1: { objects: [label], classId: null }, 2: nothing }),
      skeleton: null,
    });
    const problems: unknown[] = [];
    const read = describeDataset(readYaml(textOf(files, 'data.yaml')), (problem) => problems.push(problem));
    expect(problems).toEqual([]);
    expect(read.names).toEqual(['bolt: "M4" # 1', 'no', 'nut nc: 99']);
    expect([read.splits.train, read.splits.val]).toEqual([['images/train'], ['images/train']]);
    const rule = { task: 'detect', classCount: 3, keypoints: null } as const;
    expect(readLabels(textOf(files, 'labels/train/one.txt'), rule)).toEqual({
      labels: [{ classId: 1, box, outline: null, keypoints: null }],
      wrong: [],
    });
    expect(textOf(files, 'labels/train/two.txt')).toBe('');
    expect(textOf(files, 'classes.txt').split('\n')).toHaveLength(4);
  });

  it('keep outlines and keypoints', () => {
    const outline = Float32Array.of(0.25, 0.25, 0.75, 0.25, 0.5, 0.75);
    const keypoints = Float32Array.of(0.5, 0.25, 2, 0, 0, 0);
    const images = [picture('1', 'a.png')];
    const shape = { count: 2, dims: 3 } as const;
    const lineOf = (label: { outline: Float32Array | null; keypoints: Float32Array | null }) =>
      textOf(
        objectLabelFiles({
          images,
          document: documentOf(['x'], { 1: { objects: [{ id: 'a', classId: 0, box, ...label }], classId: null } }),
          skeleton: { keypoints: shape, flipIndices: [1, 0], names: null, sigmas: null },
        }),
        'labels/train/a.txt',
      );
    const masks = readLabels(lineOf({ outline, keypoints: null }), { task: 'segment', classCount: 1, keypoints: null });
    expect(masks.labels[0]?.outline).toEqual(outline);
    const poses = readLabels(lineOf({ outline: null, keypoints }), { task: 'pose', classCount: 1, keypoints: shape });
    expect(poses.labels[0]?.keypoints).toEqual(keypoints);
  });

  it('hold out what the page holds out, and name what had to be renamed', () => {
    const images = Array.from({ length: 10 }, (_, k) => picture(String(k), `${k < 5 ? 'a' : '..'}/${k % 5}.png`));
    const labels = Object.fromEntries(images.map(({ id }) => [id, nothing]));
    const files = objectLabelFiles({ images, document: documentOf(['x'], labels), skeleton: null });
    const paths = files.map(({ path }) => path);
    expect(paths.filter((path) => path.startsWith('labels/val/'))).toEqual(['labels/val/4.txt', 'labels/val/4-2.txt']);
    expect(new Set(paths).size).toBe(12);
    expect(paths.every((path) => !path.includes('..'))).toBe(true);
    expect(textOf(files, 'data.yaml')).toContain('# 4-2.txt is of ../4.png');
  });

  it('of whole pictures are folders of their classes', () => {
    const images = [picture('1', 'a.png'), picture('2', 'b/a.JPG')];
    const document = documentOf(['../cat', 'CON'], { 1: { objects: [], classId: 0 }, 2: { objects: [], classId: 1 } });
    const files = classFolderFiles({ images, document, skeleton: null });
    expect(files.map(({ path }) => path)).toEqual(['train/_cat/a.png', 'train/_CON/a-2.JPG']);
    expect(files[0]?.content).toBe(images[0]?.blob);
  });
});
