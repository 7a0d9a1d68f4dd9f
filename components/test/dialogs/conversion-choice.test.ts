import { describe, expect, it } from 'vitest';
import { boxesChoices, convertOptions, defaultChoice } from '@/components/test/dialogs/conversion-choice';

const size = { width: 640, height: 384 };

describe('what a model is saved as', () => {
  it('is by default what it is, at its own size', () => {
    expect(convertOptions(defaultChoice(size, false), false)).toEqual({
      imgsz: [384, 640],
      dynamic: false,
      batch: 1,
      half: false,
      opset: 17,
      endToEnd: null,
      nms: null,
    });
    expect(convertOptions(defaultChoice(size, true), true)).toMatchObject({ endToEnd: true, nms: null });
  });

  it('asks an end-to-end model for its other branch where boxes of every anchor are wanted', () => {
    const plain = { ...defaultChoice(size, true), boxes: 'plain' } as const;
    expect(convertOptions(plain, true)).toMatchObject({ endToEnd: false, nms: null });
  });

  it('embeds suppression with the exporter’s thresholds, and with others when they are asked for', () => {
    const asked = convertOptions({ ...defaultChoice(size, true), boxes: 'suppressed' }, true);
    expect(asked.nms).toEqual({ conf: 0.25, iou: 0.7, maxDetections: 300, agnostic: false });
    const suppressed = { ...defaultChoice(size, true), boxes: 'suppressed', iou: 0.5 } as const;
    expect(convertOptions(suppressed, true)).toMatchObject({
      endToEnd: false,
      nms: { conf: 0.25, iou: 0.5, maxDetections: 300, agnostic: false },
    });
    expect(convertOptions(suppressed, false).endToEnd).toBeNull();
  });

  it('leaves nothing to choose about boxes where there are none', () => {
    expect(boxesChoices('classify', false)).toEqual([]);
    expect(boxesChoices('detect', false)).toEqual(['plain', 'suppressed']);
    expect(boxesChoices('pose', true)).toEqual(['end-to-end', 'plain', 'suppressed']);
  });
});
