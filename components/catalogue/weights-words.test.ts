import { describe, expect, it } from 'vitest';
import { someEntry } from '@/components/catalogue/test-support/some-entry';
import { byTask, ownState, progressWords, sizeWords } from '@/components/catalogue/weights-words';

describe('words about weights', () => {
  it.each([
    [{}, 'nano · about 6.0 MB'],
    [{ scale: 'x', totalBytes: 114_600_000 }, 'extra large · 115 MB'],
  ] as const)('sizes: %j', (changes, words) => {
    expect(sizeWords(someEntry(changes))).toBe(words);
  });

  it.each([
    [{ state: 'waiting' }, 'Waiting for the download to begin…'],
    [{ state: 'downloading', receivedBytes: 3_100_000, totalBytes: 6_200_000 }, '3.1 MB of 6.2 MB'],
    [{ state: 'downloading', receivedBytes: 3_100_000 }, '3.1 MB so far'],
    [{ state: 'downloading', receivedBytes: 6_200_000, totalBytes: 6_200_000 }, 'Checking the file…'],
  ] as const)('progress: %j', (changes, words) => {
    expect(progressWords(someEntry(changes))).toBe(words);
  });

  it('hides what others fetched until the licence is accepted here', () => {
    expect(ownState(someEntry({ state: 'ready' }))).toBe('absent');
    expect(ownState(someEntry({ state: 'ready', isLicenseAccepted: true }))).toBe('ready');
  });

  it('groups a family by task, in order', () => {
    const entries = [
      someEntry(),
      someEntry({ name: 'yolov8n', family: 'yolov8' }),
      someEntry({ name: 'yolo11n-seg', task: 'segment', trainedOn: 'COCO' }),
      someEntry({ name: 'yolo11s', scale: 's' }),
    ];
    const groups = byTask(entries, 'yolo11').map(({ task, entries: group }) => [task, group.map(({ name }) => name)]);
    expect(groups).toEqual([
      ['detect', ['yolo11n', 'yolo11s']],
      ['segment', ['yolo11n-seg']],
    ]);
  });
});
