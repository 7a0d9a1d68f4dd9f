import type { ObjectLabel } from '@/lib/engines/training/dataset/object-label';

/** A label that is told from others while it is moved about. */
export type DrawnLabel = ObjectLabel & { readonly id: string };

/** What a person, or a file, says of one image. */
export type ImageLabels = {
  /** None: there is nothing of these classes in the image. */
  readonly objects: readonly DrawnLabel[];
  /** Of the whole image; null where the task is about objects. */
  readonly classId: number | null;
};

/** Classes and labels, as one step of undoing has them. Images without an entry are not labelled. */
export type TrainDocument = {
  readonly names: readonly string[];
  readonly labels: ReadonlyMap<string, ImageLabels>;
};

export const emptyDocument: TrainDocument = { names: [], labels: new Map() };

/** The labels of an image in place of those it had. */
export function withLabels(document: TrainDocument, imageId: string, labels: ImageLabels): TrainDocument {
  return { ...document, labels: new Map(document.labels).set(imageId, labels) };
}

export function withoutLabels(document: TrainDocument, imageIds: ReadonlySet<string>): TrainDocument {
  const labels = new Map([...document.labels].filter(([imageId]) => !imageIds.has(imageId)));
  return labels.size === document.labels.size ? document : { ...document, labels };
}

export function objectsOf({ labels }: TrainDocument, imageId: string | null): readonly DrawnLabel[] {
  return (imageId === null ? undefined : labels.get(imageId)?.objects) ?? noObjects;
}

/** One constant, so that a selector gives the same object while nothing changes. */
const noObjects: readonly DrawnLabel[] = [];

export function addLabel(document: TrainDocument, imageId: string, label: DrawnLabel): TrainDocument {
  const objects = [...objectsOf(document, imageId), label];
  return withLabels(document, imageId, { objects, classId: null });
}

/** Changes one label; a document that does not have it comes back unchanged. */
export function changeLabel(
  document: TrainDocument,
  imageId: string,
  labelId: string,
  change: (label: DrawnLabel) => DrawnLabel,
): TrainDocument {
  const objects = objectsOf(document, imageId);
  if (!objects.some(({ id }) => id === labelId)) return document;
  const changed = objects.map((label) => (label.id === labelId ? change(label) : label));
  return withLabels(document, imageId, { objects: changed, classId: null });
}

/** Takes a label away. Without its last one an image is not labelled: that it is empty has to be said. */
export function removeLabel(document: TrainDocument, imageId: string, labelId: string): TrainDocument {
  const objects = objectsOf(document, imageId);
  const left = objects.filter(({ id }) => id !== labelId);
  if (left.length === objects.length) return document;
  return left.length === 0
    ? withoutLabels(document, new Set([imageId]))
    : withLabels(document, imageId, { objects: left, classId: null });
}

/** Classes beyond it would make a table of names out of nothing. */
const mostClasses = 1000;

/** Adds a class at the end; a name that is there, or no name, adds nothing. */
export function addClass(document: TrainDocument, name: string): TrainDocument {
  const clean = name.trim();
  if (clean === '' || document.names.includes(clean) || document.names.length >= mostClasses) return document;
  return { ...document, names: [...document.names, clean] };
}

/** Gives a class another name, unless another class has it. */
export function renameClass(document: TrainDocument, classId: number, name: string): TrainDocument {
  const clean = name.trim();
  if (clean === '' || document.names.includes(clean) || !(classId in document.names)) return document;
  return { ...document, names: document.names.with(classId, clean) };
}

/** Removes a class with its labels; the classes after it move up. */
export function removeClass(document: TrainDocument, removed: number): TrainDocument {
  if (!(removed in document.names)) return document;
  const moved = (classId: number) => (classId > removed ? classId - 1 : classId);
  const labels = new Map<string, ImageLabels>();
  for (const [imageId, { objects, classId }] of document.labels) {
    const left = objects.filter((label) => label.classId !== removed);
    // An image that held nothing else is to be looked at again.
    if (classId === removed || (left.length === 0 && objects.length > 0)) continue;
    labels.set(imageId, {
      objects: left.map((label) => ({ ...label, classId: moved(label.classId) })),
      classId: classId === null ? null : moved(classId),
    });
  }
  return { names: document.names.toSpliced(removed, 1), labels };
}

/** Other classes in place of all, as a model or a data.yaml brings them. Labels of classes that are no longer there are left out. */
export function withNames(document: TrainDocument, names: readonly string[]): TrainDocument {
  let next = document;
  for (let classId = document.names.length - 1; classId >= names.length; classId--) next = removeClass(next, classId);
  return { ...next, names: [...names] };
}
