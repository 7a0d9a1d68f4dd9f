import { describe, expect, it } from 'vitest';
import { predictFields } from '@/lib/domain/predictions/schema';

const parsed = (fields: Record<string, unknown>) => predictFields.safeParse(fields);

describe('the fields of a prediction', () => {
  it.each([
    ['0.5', 0.5],
    [' .5 ', 0.5],
    ['1e-1', 0.1],
    ['-0', -0],
    ['', undefined],
    [null, undefined],
    [1, 1],
  ])('take %j as the confidence %j', (conf, expected) => {
    expect(parsed({ conf })).toMatchObject({ success: true, data: { conf: expected } });
  });

  it.each([' ', 'NaN', 'Infinity', '1e400', '0x1', '0b1', '1_000', '1,5', '--1', 'abc', true, [0.5], {}])(
    'do not take %j for a number',
    (conf) => {
      expect(parsed({ conf }).error?.issues[0]).toMatchObject({
        path: ['conf'],
        message: 'expected a number from 0 to 1',
      });
    },
  );

  it.each(['31', '1281', '320.5', '1e3x', '-640'])('do not take %j for a size', (imgsz) => {
    expect(parsed({ imgsz }).success).toBe(false);
  });

  it('take a list of class ids, and none that has gaps', () => {
    expect(parsed({ classes: '0, 2,5' }).data?.classes).toEqual([0, 2, 5]);
    for (const classes of ['1,,2', '1,', ',', '-1', '1.5', 'red']) expect(parsed({ classes }).success).toBe(false);
  });

  it('take whole numbers of detections only', () => {
    expect(parsed({ max_det: '300' }).success).toBe(true);
    for (const max_det of ['0', '1.5', '3001']) expect(parsed({ max_det }).success).toBe(false);
  });
});
