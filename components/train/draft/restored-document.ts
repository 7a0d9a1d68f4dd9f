import { addClass, type TrainDocument, withLabels, withNames } from '@/components/train/document/train-document';
import type { DraftPicture } from '@/components/train/draft/draft-format';

type RestoredPicture = Pick<DraftPicture, 'labels'> & { readonly imageId: string };

/** A document with the labels of a draft beside its own; classes are found again by their names. */
export function restoredDocument(
  document: TrainDocument,
  names: readonly string[],
  pictures: readonly RestoredPicture[],
  newId: () => string,
): TrainDocument {
  const named =
    document.names.length === 0
      ? withNames(document, names)
      : names.reduce((next, name) => (next.names.includes(name) ? next : addClass(next, name)), document);
  // Two classes may have one name in dropped files: without others in between, numbers stay what they are.
  const ids = names.map((name, index) => (document.names.length === 0 ? index : named.names.indexOf(name)));
  const idOf = (classId: number): number => ids[classId] ?? -1;
  let next = named;
  for (const { imageId, labels } of pictures) {
    if (labels === null) continue;
    const classId = labels.classId === null ? null : idOf(labels.classId);
    const objects = labels.objects
      .map((label) => ({ ...label, id: newId(), classId: idOf(label.classId) }))
      .filter((label) => label.classId >= 0);
    const isLost = classId === null ? objects.length < labels.objects.length && objects.length === 0 : classId < 0;
    if (!isLost) next = withLabels(next, imageId, { objects, classId });
  }
  return next;
}
