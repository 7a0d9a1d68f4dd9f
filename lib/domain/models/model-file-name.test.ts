import { describe, expect, it } from 'vitest';
import { modelFileName, modelNameOf } from '@/lib/domain/models/model-file-name';

describe('the name of a model’s file', () => {
  it.each([
    ['best.onnx', 'best.onnx'],
    ['signs v2.final.onnx', 'signs v2.final.onnx'],
    ['../../etc/passwd', 'passwd.onnx'],
    ['C:\\Users\\me\\best.ONNX', 'best.onnx'],
    ['a\r\nSet-Cookie: x=1.onnx', 'aSet-Cookie: x=1.onnx'],
    ['nul\0.onnx', 'nul.onnx'],
    ['\u202exnno.exe', 'xnno.exe.onnx'],
    ['..', 'model.onnx'],
    ['..onnx', 'model.onnx'],
    ['.htaccess', 'htaccess.onnx'],
    ['', 'model.onnx'],
    ['   .pt', 'model.onnx'],
    ['weights.pt', 'weights.onnx'],
    ['half \ud83d.onnx', 'half.onnx'],
    ['ü'.repeat(300), `${'ü'.repeat(120)}.onnx`],
    [`${'x'.repeat(119)}😀.onnx`, `${'x'.repeat(119)}.onnx`],
  ])('%j is kept as %j', (given, kept) => {
    expect(modelFileName(given, 'onnx')).toBe(kept);
  });

  it('gives the model a name of at most 100 characters when it has none', () => {
    expect(modelNameOf('runs/train/weights/best.pt')).toBe('best');
    expect(modelNameOf('.pt')).toBe('model');
    expect(modelNameOf('y'.repeat(300))).toHaveLength(100);
  });
});
