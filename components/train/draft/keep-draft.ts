import type { Draft, DraftPicture } from '@/components/train/draft/draft-format';
import type { TrainImage, TrainState } from '@/components/train/session/train-state';
import type { DraftShelf } from '@/lib/browser/training/draft-shelf';

/** What a browser gives a page without asking is a share of the disk; models need room there as well. */
const mostBytes = 256 * 2 ** 20;

/** What became of the pictures of a draft. */
type KeptPictures = { readonly kept: number; readonly leftOut: number };

/** A picture's hash, which it is read whole for; null where its file can no longer be read. */
export type HashOf = (image: TrainImage) => Promise<string | null>;

/** Keeps what is on the page, pictures in the order of the strip as far as there is room. Rejects where the storage is full. */
export async function keepDraft(shelf: DraftShelf, state: TrainState, hashOf: HashOf): Promise<KeptPictures> {
  const blobs = new Map<string, Blob>();
  const pictures: DraftPicture[] = [];
  const readable = state.images.filter(({ fault }) => fault === null);
  let bytes = 0;
  for (const image of readable) {
    if (bytes + image.blob.size > mostBytes) continue;
    const hash = await hashOf(image);
    if (hash === null) continue;
    bytes += image.blob.size;
    blobs.set(hash, image.blob);
    const { classId = null, objects = null } = state.history.present.labels.get(image.id) ?? {};
    pictures.push({
      hash,
      name: image.name,
      split: image.split,
      labels: objects && { classId, objects: objects.map(({ id, ...label }) => label) },
    });
  }
  await shelf.keep(writeDraft({ ...choicesOf(state), pictures, savedAt: Date.now() }), blobs);
  return { kept: pictures.length, leftOut: readable.length - pictures.length };
}

export function writeDraft(draft: Draft): string {
  // JSON has no typed arrays: as they are they would be written as objects.
  return JSON.stringify({ version: 1, ...draft }, (_, value) => (value instanceof Float32Array ? [...value] : value));
}

function choicesOf({ history, skeleton, model, settings }: TrainState): Omit<Draft, 'pictures' | 'savedAt'> {
  const { names } = history.present;
  if (model.kind === 'fresh') {
    return { names, skeleton, settings, model: { kind: 'fresh', scale: model.scale, task: model.task } };
  }
  if (model.kind !== 'file') return { names, skeleton, settings, model: null };
  return { names, skeleton, settings, model: { kind: 'file', name: model.name, modelId: model.modelId } };
}
