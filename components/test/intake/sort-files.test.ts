import { describe, expect, it } from 'vitest';
import { sortFiles } from '@/components/test/intake/sort-files';

function files(...names: readonly string[]): File[] {
  return names.map((name) => new File(['x'], name));
}

function names(list: readonly File[]): string[] {
  return list.map(({ name }) => name);
}

describe('sorting what was dropped', () => {
  it('tells models, images and videos apart, images in the order people count', () => {
    const sorted = sortFiles(files('b10.jpg', 'b2.JPG', 'best.onnx', 'ride.mp4'), false);
    expect(names(sorted.models)).toEqual(['best.onnx']);
    expect(names(sorted.images)).toEqual(['b2.JPG', 'b10.jpg']);
    expect(names(sorted.videos)).toEqual(['ride.mp4']);
  });

  it('hands a file of unknown kind on, so that it gets its word, unless it lay in a folder', () => {
    expect(names(sortFiles(files('notes.txt'), false).images)).toEqual(['notes.txt']);
    expect(names(sortFiles(files('notes.txt', 'a.png'), true).images)).toEqual(['a.png']);
  });

  it('counts weights of other formats as models', () => {
    expect(names(sortFiles(files('yolo11n.pt'), false).models)).toEqual(['yolo11n.pt']);
  });
});
