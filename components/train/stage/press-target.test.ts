import { describe, expect, it } from 'vitest';
import { gestureBox, tapped } from '@/components/train/stage/label-gesture';
import { pressTarget } from '@/components/train/stage/press-target';

const large = { id: 'large', box: { x1: 10, y1: 10, x2: 110, y2: 110 } };
const small = { id: 'small', box: { x1: 40, y1: 40, x2: 60, y2: 60 } };
const boxes = [large, small];
const image = { width: 200, height: 200 };

describe('what a press takes hold of', () => {
  const target = (x: number, y: number, selectedId: string | null = null) =>
    pressTarget({ x, y }, { boxes, selectedId, reach: 4 });

  it('draws beside boxes, and inside those that are not selected', () => {
    expect(target(150, 150)).toEqual({ kind: 'empty' });
    expect(target(90, 90)).toEqual({ kind: 'inside', labelId: 'large' });
    expect(target(50, 50)).toEqual({ kind: 'inside', labelId: 'small' });
  });

  it('moves by an edge, and the selected box by its inside', () => {
    expect(target(41, 50)).toMatchObject({ kind: 'body', labelId: 'small' });
    expect(target(50, 50, 'large')).toMatchObject({ kind: 'body', labelId: 'large' });
  });

  it('resizes by the handles of the selected box only', () => {
    expect(target(110, 110, 'large')).toMatchObject({ kind: 'handle', handle: 'se' });
    expect(target(60, 50, 'small')).toMatchObject({ kind: 'handle', handle: 'e' });
    expect(target(60, 60)).toMatchObject({ kind: 'body', labelId: 'small' });
  });
});

describe('what a drag does', () => {
  const from = { x: 50, y: 50 };
  const to = { x: 70, y: 40 };

  it('draws another box inside one that is not selected; a tap there selects it', () => {
    const gesture = { target: { kind: 'inside', labelId: 'small' }, from, to } as const;
    expect(gestureBox(gesture, image)).toEqual({ kind: 'draw', box: { x1: 50, y1: 40, x2: 70, y2: 50 } });
    expect(tapped(gesture)).toBe('small');
    expect(tapped({ ...gesture, target: { kind: 'empty' } })).toBeNull();
  });

  it('moves a body by the way of the pointer', () => {
    const gesture = { target: { kind: 'body', labelId: 'small', box: small.box }, from, to } as const;
    expect(gestureBox(gesture, image)).toEqual({
      kind: 'change',
      labelId: 'small',
      box: { x1: 60, y1: 30, x2: 80, y2: 50 },
    });
  });
});
