import { describe, expect, it } from 'vitest';
import { filesFromList, maxDroppedFiles, sortFiles } from '@/lib/browser/dropped-files';

const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const webm = Uint8Array.of(0x1a, 0x45, 0xdf, 0xa3, 0, 0, 0, 0);
const onnx = Uint8Array.of(0x08, 0x08, 0x12, 0x07, 0x70, 0x79, 0x74, 0x6f, 0x72, 0x63, 0x68);

function dropped(path: string, bytes: Uint8Array<ArrayBuffer> = new Uint8Array()) {
  return { file: new File([bytes], path.split('/').at(-1) ?? path), path };
}

describe('sortFiles', () => {
  it('sorts by name, numbers as a person counts', async () => {
    const sorted = await sortFiles(
      ['b/10.JPG', 'b/2.jpg', 'yolo.onnx', 'clip.MP4', 'a.png', 'notes.txt'].map((path) => dropped(path)),
    );
    expect(sorted.images.map(({ path }) => path)).toEqual(['a.png', 'b/2.jpg', 'b/10.JPG']);
    expect(sorted.models.map(({ path }) => path)).toEqual(['yolo.onnx']);
    expect(sorted.videos.map(({ path }) => path)).toEqual(['clip.MP4']);
    expect(sorted.others.map(({ path }) => path)).toEqual(['notes.txt']);
  });

  it('looks into files whose name says nothing', async () => {
    const sorted = await sortFiles([
      dropped('picture', png),
      dropped('film.bin', webm),
      dropped('weights', onnx),
      dropped('nothing.dat'),
    ]);
    expect(
      [sorted.images, sorted.videos, sorted.models, sorted.others].map((files) => files.map(({ path }) => path)),
    ).toEqual([['picture'], ['film.bin'], ['weights'], ['nothing.dat']]);
  });

  it('takes weights of other programs as models, so that they are answered as such', async () => {
    expect((await sortFiles([dropped('best.pt')])).models).toHaveLength(1);
  });
});

describe('filesFromList', () => {
  it('leaves out what systems put into folders', () => {
    const files = ['.DS_Store', 'Thumbs.db', 'a.jpg'].map((name) => new File([], name));
    expect(filesFromList(files).files.map(({ path }) => path)).toEqual(['a.jpg']);
  });

  it('takes no more than the maximum and says so', () => {
    const files = Array.from({ length: maxDroppedFiles + 1 }, (_, i) => new File([], `${i}.jpg`));
    const { files: taken, truncated } = filesFromList(files);
    expect([taken.length, truncated]).toEqual([maxDroppedFiles, true]);
  });
});
