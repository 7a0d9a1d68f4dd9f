import { describe, expect, it } from 'vitest';
import type { DialectName } from '@/lib/engines/vision/dialects/dialect';
import { dialects } from '@/lib/engines/vision/dialects/dialect-registry';
import { smallResults } from '@/lib/engines/vision/dialects/test-support/small-results';
import { bundleFiles } from '@/lib/engines/vision/exports/bundle-files';
import { fileStems, modelNameOf } from '@/lib/engines/vision/exports/file-stems';
import { defaultThresholds, type VisionResult } from '@/lib/engines/vision/vision-result';

const options = {
  modelFileName: 'yolo11n.onnx',
  thresholds: defaultThresholds,
  dialects: Object.keys(dialects) as DialectName[],
};

const paths = (result: VisionResult): string[] =>
  bundleFiles([{ imageName: 'bus.jpg', result }], options).map(({ path }) => path);

describe('the bundle', () => {
  it('holds every form of a detection', () => {
    expect(paths(smallResults.detect)).toEqual([
      'README.txt',
      'classes.txt',
      'predictions.csv',
      'coco.json',
      'labels/bus.txt',
      ...options.dialects.map((name) => `json/${name}/bus.json`),
    ]);
  });

  it('leaves out the forms that a task has no words for, and says which', () => {
    expect(paths(smallResults.depth)).toEqual([
      'README.txt',
      'classes.txt',
      'predictions.csv',
      ...['ultralytics', 'platform-images', 'yolo-js', 'kserve'].map((name) => `json/${name}/bus.json`),
    ]);
    const [readme] = bundleFiles([{ imageName: 'bus.jpg', result: smallResults.depth }], options);
    expect(readme?.text).toContain('No way to write this task in: platform, hub');
  });

  it('gives images of the same name files of their own', () => {
    const items = ['a/bus.jpg', 'b/BUS.png', 'bus.webp'].map((imageName) => ({
      imageName,
      result: smallResults.detect,
    }));
    const all = bundleFiles(items, options).map(({ path }) => path);
    expect(new Set(all.map((path) => path.toLowerCase())).size).toBe(all.length);
    expect(all.filter((path) => path.startsWith('labels/'))).toEqual([
      'labels/bus.txt',
      'labels/BUS-2.txt',
      'labels/bus-3.txt',
    ]);
  });

  it('is the same on every run', () => {
    const items = [{ imageName: 'bus.jpg', result: smallResults.segment }];
    expect(bundleFiles(items, options)).toEqual(bundleFiles(items, options));
  });

  it('writes a class name with a line break on one line', () => {
    const result = { ...smallResults.detect, names: ['per\nson', 'car'] };
    const classes = bundleFiles([{ imageName: 'bus.jpg', result }], options).find(({ path }) => path === 'classes.txt');
    expect(classes?.text).toBe('per son\ncar\n');
  });
});

describe('file stems', () => {
  it.each([
    ['../../etc/passwd', 'passwd'],
    ['..\\..\\windows\\system.ini', 'system'],
    ['C:\\images\\bus.jpg', 'bus'],
    ['..', 'image'],
    ['.jpg', 'image'],
    ['', 'image'],
    ['con.jpg', '_con'],
    ['LPT1.tar.png', '_LPT1.tar'],
    ['a<b>:"c|d?*.png', 'a_b___c_d__'],
    ['nul\u0000byte.png', 'nul_byte'],
    ['trailing. .jpg', 'trailing'],
    ['straße 5.jpg', 'straße 5'],
    ['right\u202eto.jpg', 'right_to'],
  ])('makes %j safe', (name, stem) => {
    expect(fileStems([name])).toEqual([stem]);
  });

  it('stays within the length of a file name', () => {
    const [stem = ''] = fileStems([`${'😀'.repeat(300)}.jpg`]);
    expect(new TextEncoder().encode(`${stem}-999.json`).length).toBeLessThanOrEqual(255);
  });

  it('does not collide with a name that looks numbered already', () => {
    expect(fileStems(['a.jpg', 'a-2.jpg', 'a.png'])).toEqual(['a', 'a-2', 'a-3']);
  });

  it('names a model by its file', () => {
    expect(modelNameOf('/models/yolo11n.onnx')).toBe('yolo11n');
    expect(modelNameOf('runs/best.pt')).toBe('best');
  });
});
