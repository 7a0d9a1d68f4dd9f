import { describe, expect, it } from 'vitest';
import { type Draft, readDraft } from '@/components/train/draft/draft-format';
import { writeDraft } from '@/components/train/draft/keep-draft';

const draft: Draft = {
  savedAt: 1000,
  names: ['bolt', 'nut'],
  pictures: [
    {
      hash: 'a'.repeat(64),
      name: 'set/one.png',
      split: 'val',
      labels: {
        classId: null,
        objects: [
          {
            classId: 1,
            box: { cx: 0.5, cy: 0.5, width: 0.25, height: 0.25 },
            outline: Float32Array.of(0.25, 0.5, 0.75, 0.5, 0.5, 0.75),
            keypoints: null,
          },
        ],
      },
    },
    { hash: 'b'.repeat(64), name: 'two.png', split: null, labels: null },
    { hash: 'c'.repeat(64), name: 'empty.png', split: null, labels: { classId: null, objects: [] } },
  ],
  skeleton: null,
  model: { kind: 'fresh', scale: 's', task: 'segment' },
  settings: { epochs: 12, imgsz: 128, batch: 2, lr0: null, augments: false, backend: 'webgpu' },
};

describe('a draft on disk', () => {
  it('comes back as it was', () => {
    expect(readDraft(writeDraft(draft))).toMatchObject(draft);
  });

  it('may name no class while nothing is labelled', () => {
    const bare = { ...draft, names: [], pictures: draft.pictures.slice(1) };
    expect(readDraft(writeDraft(bare))).toMatchObject(bare);
  });

  it.each([
    ['cut short', (text: string) => text.slice(0, -20)],
    ['empty', () => ''],
    ['of another version', (text: string) => text.replace('"version":1', '"version":2')],
    ['of a class without a name', (text: string) => text.replace('"classId":1', '"classId":2')],
    ['of a place outside its picture', (text: string) => text.replace('"cx":0.5', '"cx":5e3')],
    ['of a picture that is no hash', (text: string) => text.replace('a'.repeat(64), '../../secret')],
    ['of settings beyond the fields', (text: string) => text.replace('"epochs":12', '"epochs":1e9')],
  ])('is none where it is %s', (_, spoil) => {
    const spoilt = spoil(writeDraft(draft));
    expect(spoilt).not.toBe(writeDraft(draft));
    expect(readDraft(spoilt)).toBeNull();
  });
});
