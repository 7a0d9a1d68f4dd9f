import { describe, expect, it } from 'vitest';
import { redo, startHistory, step, undo } from '@/components/train/document/history';
import {
  addClass,
  addLabel,
  changeLabel,
  type DrawnLabel,
  emptyDocument,
  objectsOf,
  removeClass,
  removeLabel,
  renameClass,
  type TrainDocument,
  withLabels,
  withNames,
} from '@/components/train/document/train-document';

function box(id: string, classId: number): DrawnLabel {
  return { id, classId, box: { cx: 0.5, cy: 0.5, width: 0.1, height: 0.1 }, outline: null, keypoints: null };
}

/** Image `one` holds a cat and a dog, image `two` a dog, image `three` nothing. */
function threeImages(): TrainDocument {
  const named = ['cat', 'dog', 'bird'].reduce(addClass, emptyDocument);
  const drawn = [
    ['one', box('a', 0)],
    ['one', box('b', 1)],
    ['two', box('c', 1)],
  ] as const;
  const labelled = drawn.reduce((document, [image, label]) => addLabel(document, image, label), named);
  return withLabels(labelled, 'three', { objects: [], classId: null });
}

describe('a document of labels', () => {
  it('is not labelled any more when its last label goes, unlike an image that was said to be empty', () => {
    const left = removeLabel(threeImages(), 'two', 'c');
    expect(left.labels.has('two')).toBe(false);
    expect(left.labels.get('three')?.objects).toEqual([]);
  });

  it('moves later classes up when one is removed, and forgets its labels', () => {
    const left = removeClass(threeImages(), 0);
    expect(left.names).toEqual(['dog', 'bird']);
    expect(objectsOf(left, 'one').map(({ id, classId }) => [id, classId])).toEqual([['b', 0]]);
    expect(objectsOf(left, 'two').map(({ classId }) => classId)).toEqual([0]);
  });

  it('asks again about an image all of whose labels went with a class', () => {
    const left = removeClass(threeImages(), 1);
    expect(left.labels.has('two')).toBe(false);
    expect(left.labels.has('three')).toBe(true);
  });

  it('takes no two classes of one name', () => {
    const document = threeImages();
    expect(addClass(document, ' dog ')).toBe(document);
    expect(addClass(document, '  ')).toBe(document);
    expect(renameClass(document, 0, 'dog')).toBe(document);
    expect(renameClass(document, 0, 'kitten').names).toEqual(['kitten', 'dog', 'bird']);
  });

  it('drops labels of classes that other names leave out', () => {
    const left = withNames(threeImages(), ['animal']);
    expect(left.names).toEqual(['animal']);
    expect(objectsOf(left, 'one').map(({ id }) => id)).toEqual(['a']);
    expect(left.labels.has('two')).toBe(false);
  });

  it('comes back unchanged where there is nothing to change', () => {
    const document = threeImages();
    expect(changeLabel(document, 'one', 'nobody', (label) => ({ ...label, classId: 2 }))).toBe(document);
    expect(removeLabel(document, 'one', 'nobody')).toBe(document);
  });
});

describe('a history', () => {
  it('goes back and forth, and forgets what was undone once something else is done', () => {
    const history = step(step(startHistory('a'), 'b'), 'c');
    const back = undo(undo(history));
    expect(back.present).toBe('a');
    expect(undo(back)).toBe(back);
    expect(redo(back).present).toBe('b');
    const other = step(redo(back), 'd');
    expect(redo(other)).toBe(other);
    expect(undo(other).present).toBe('b');
  });

  it('counts no step where nothing changed', () => {
    const history = startHistory('a');
    expect(step(history, 'a')).toBe(history);
  });
});
