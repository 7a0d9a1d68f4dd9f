import { describe, expect, it } from 'vitest';
import { Fault } from '@/lib/core/fault';
import { smallResults } from '@/lib/engines/vision/dialects/test-support/small-results';
import { cocoJson } from '@/lib/engines/vision/exports/coco-json';

const item = (task: keyof typeof smallResults, imageName = 'bus.jpg') => ({ imageName, result: smallResults[task] });

describe('COCO JSON', () => {
  it('numbers images and annotations from 1 and keeps class indices as categories', () => {
    expect(cocoJson([item('detect'), item('detect', 'zidane.jpg')])).toMatchObject({
      images: [
        { id: 1, file_name: 'bus.jpg', width: 40, height: 20 },
        { id: 2, file_name: 'zidane.jpg', width: 40, height: 20 },
      ],
      categories: [
        { id: 0, name: 'person' },
        { id: 1, name: 'car' },
      ],
      annotations: [
        { id: 1, image_id: 1, category_id: 1, bbox: [10, 4, 4.25, 4], area: 17, iscrowd: 0, score: 0.875 },
        { id: 2, image_id: 1, category_id: 0, bbox: [0, 0, 20, 20], area: 400, score: 0.5 },
        { id: 3, image_id: 2, category_id: 1 },
        { id: 4, image_id: 2, category_id: 0 },
      ],
    });
  });

  it('gives the polygon and the pixels of a mask', () => {
    expect(cocoJson([item('segment')])).toMatchObject({
      annotations: [{ segmentation: [[10, 4, 14, 4, 14, 6, 12, 8, 10, 8]], area: 12 }, {}],
    });
  });

  it('gives keypoints as x, y, v and their number', () => {
    expect(cocoJson([item('pose')])).toMatchObject({
      categories: [{ keypoints: ['0', '1'] }, {}],
      annotations: [{ keypoints: [11, 5, 2, 13, 7, 1], num_keypoints: 2 }, {}],
    });
  });

  it('gives the corners and the true area of a rotated box', () => {
    expect(cocoJson([item('obb')])).toMatchObject({
      annotations: [{ segmentation: [[14, 7, 14, 5, 10, 5, 10, 7]], area: 8 }, {}],
    });
  });

  it('gives a class map as run lengths per class', () => {
    expect(cocoJson([item('semantic')])).toMatchObject({
      annotations: [
        { category_id: 0, bbox: [0, 1, 1, 1], area: 1, segmentation: { size: [2, 2], counts: [1, 1, 2] } },
        { category_id: 1, bbox: [0, 0, 2, 2], area: 3, segmentation: { size: [2, 2], counts: [0, 1, 1, 2] } },
      ],
    });
  });

  it('keeps classes of several models apart', () => {
    const other = { imageName: 'b.jpg', result: { ...smallResults.detect, names: ['circle', 'car'] } };
    expect(cocoJson([item('detect'), other])).toMatchObject({
      categories: [
        { id: 0, name: 'person' },
        { id: 1, name: 'car' },
        { id: 2, name: 'circle' },
      ],
      annotations: [{ category_id: 1 }, { category_id: 0 }, { category_id: 1 }, { category_id: 2 }],
    });
  });

  it.each(['classify', 'depth'] as const)('refuses a %s result', (task) => {
    expect(() => cocoJson([item(task)])).toThrow(Fault);
  });
});
