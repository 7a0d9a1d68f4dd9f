import { describe, expect, it } from 'vitest';
import { defaultArguments, readArguments } from '@/lib/engines/training/loop/training-arguments';

const read = (...words: (readonly [string, string])[]) => readArguments(new Map(words));

describe('readArguments', () => {
  it('has the field’s defaults', () => {
    expect(defaultArguments).toMatchObject({
      epochs: 100,
      imgsz: 640,
      batch: 16,
      optimizer: 'auto',
      lr0: 0.01,
      lrf: 0.01,
      momentum: 0.937,
      weight_decay: 0.0005,
      warmup_epochs: 3,
      warmup_momentum: 0.8,
      warmup_bias_lr: 0.1,
      cos_lr: false,
      patience: 100,
      close_mosaic: 10,
      seed: 0,
      freeze: null,
      box: 7.5,
      cls: 0.5,
      dfl: 1.5,
      pose: 12,
      kobj: 1,
      label_smoothing: 0,
      val: true,
      save_period: -1,
      device: 'cpu',
      hsv_h: 0.015,
      hsv_s: 0.7,
      hsv_v: 0.4,
      degrees: 0,
      translate: 0.1,
      scale: 0.5,
      shear: 0,
      flipud: 0,
      fliplr: 0.5,
      mosaic: 1,
      mixup: 0,
    });
  });

  it('reads numbers, truth values, choices and lists as people type them', () => {
    expect(
      read(
        ['epochs', '3'],
        ['lr0', '1e-3'],
        ['cos_lr', 'True'],
        ['val', 'false'],
        ['optimizer', 'adamw'],
        ['freeze', '2'],
        ['workers', 'None'],
      ),
    ).toMatchObject({
      epochs: 3,
      lr0: 0.001,
      cos_lr: true,
      val: false,
      optimizer: 'AdamW',
      freeze: [0, 1],
      workers: null,
    });
    expect([read(['cache', 'ram']).cache, read(['cache', 'False']).cache, read(['cache', '64']).cache]).toEqual([
      1024, 0, 64,
    ]);
    expect(read(['freeze', '[0, 4,22]']).freeze).toEqual([0, 4, 22]);
    expect(read(['freeze', 'None']).freeze).toBeNull();
  });

  it.each([
    ['epochs', '0', 'epochs must be a whole number from 1 to 100000, not “0”.'],
    ['epochs', '1.5', 'epochs must be a whole number'],
    ['batch', '-1', 'batch must be a whole number from 1 to 256, not “-1”.'],
    ['lr0', '0x1', 'lr0 must be a number'],
    ['lr0', '', 'lr0 must be a number'],
    ['lr0', 'NaN', 'lr0 must be a number'],
    ['lr0', 'Infinity', 'lr0 must be a number'],
    ['cos_lr', 'maybe', 'cos_lr must be True or False, not “maybe”.'],
    ['optimizer', 'Adam', 'optimizer must be one of auto, SGD, AdamW, not “Adam”.'],
    ['device', '0', 'device must be one of cpu'],
    ['freeze', '[0,x]', 'freeze must be a number of layers, or a list of them as [0,1,2], or None, not “[0,x]”.'],
    ['freeze', '[1.5]', 'freeze must be'],
  ])('refuses %s=%s', (name, text, found) => {
    expect(() => read([name, text])).toThrow(found);
  });

  it('refuses unknown names with the nearest known one', () => {
    expect(() => read(['epoch', '3'])).toThrow('There is no argument “epoch”. Did you mean epochs?');
    expect(() => read(['learning_rate_of_all', '3'])).toThrow('See: sightline train --help.');
    expect(() => read(['amp', 'False'])).toThrow('“amp” is an argument of the Ultralytics package');
    expect(() => read(['constructor', '1'])).toThrow('There is no argument “constructor”.');
    expect(() => read(['__proto__', '1'])).toThrow('There is no argument');
  });
});
