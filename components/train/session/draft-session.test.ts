import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { objectsOf } from '@/components/train/document/train-document';
import { scriptedSession, somePicture } from '@/components/train/session/test-support/scripted-session';
import { existingOriginFile, writeOriginFile } from '@/lib/browser/origin-files';
import { memoryFolder } from '@/lib/browser/test-support/memory-folder';
import { draftShelf } from '@/lib/browser/training/draft-shelf';

const box = { x1: 10, y1: 20, x2: 50, y2: 60 };

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});

afterEach(() => {
  vi.useRealTimers();
});

/** A visit to the page, on a machine that has kept what earlier ones left. */
async function visit(folder: ReturnType<typeof memoryFolder>) {
  const session = scriptedSession(undefined, { draftShelf: async () => draftShelf(folder) });
  await session.actions.findDraft();
  return session;
}

type Session = Awaited<ReturnType<typeof visit>>;

function label(session: Session, ...ids: readonly string[]): void {
  const images = ids.map((id) => ({ ...somePicture(id), blob: new Blob([`the bytes of ${id}`]) }));
  session.store.setState({ images, selectedImageId: ids[0] ?? null });
  session.actions.addClass('bolt');
  session.actions.addBox(box);
}

async function kept({ store }: Session): Promise<void> {
  await vi.advanceTimersByTimeAsync(1000);
  await vi.waitFor(() => expect(store.getState().draft.isKept).toBe(true));
}

describe('a draft', () => {
  it('is offered on the next visit, and comes back with pictures, labels and choices', async () => {
    const folder = memoryFolder();
    const first = await visit(folder);
    first.actions.changeSettings({ epochs: 77 });
    label(first, 'a', 'b');
    expect(first.store.getState().draft.isKept).toBe(false);
    await kept(first);

    const second = await visit(folder);
    expect(second.store.getState().images).toEqual([]);
    expect(second.store.getState().draft.offer?.draft.pictures).toHaveLength(2);
    await second.actions.restoreDraft();
    const { images, history, settings, draft } = second.store.getState();
    expect(images.map(({ name }) => name)).toEqual(['a.png', 'b.png']);
    expect(await images[1]?.blob.text()).toBe('the bytes of b');
    expect(history.present.names).toEqual(['bolt']);
    expect(objectsOf(history.present, images[0]?.id ?? null)).toMatchObject([
      { classId: 0, box: { cx: 0.3, cy: 0.4, width: 0.4, height: 0.4 } },
    ]);
    expect(settings.epochs).toBe(77);
    expect(draft.offer).toBeNull();
  });

  it('is not written over by other work while it is offered, and joins that work by names of classes', async () => {
    const folder = memoryFolder();
    const first = await visit(folder);
    label(first, 'a');
    await kept(first);

    const second = await visit(folder);
    second.actions.addClass('nut');
    label(second, 'c');
    await vi.advanceTimersByTimeAsync(5000);
    expect((await visit(folder)).store.getState().draft.offer?.draft.pictures).toMatchObject([{ name: 'a.png' }]);
    await second.actions.restoreDraft();
    const { images, history } = second.store.getState();
    expect(history.present.names).toEqual(['nut', 'bolt']);
    expect(images.map(({ id }) => objectsOf(history.present, id).map(({ classId }) => classId))).toEqual([[1], [1]]);
  });

  it('is gone after it was discarded, unless that is undone', async () => {
    const folder = memoryFolder();
    const first = await visit(folder);
    label(first, 'a');
    await kept(first);
    const second = await visit(folder);
    (await second.actions.discardDraft())?.undo();
    expect(second.store.getState().draft.offer).not.toBeNull();
    await (await second.actions.discardDraft())?.expire();
    expect(await existingOriginFile(folder, 'draft.json')).toBeNull();
    expect((await visit(folder)).store.getState().draft.offer).toBeNull();
  });

  it('of this visit is discarded with all that is on the page, and undone', async () => {
    const folder = memoryFolder();
    const session = await visit(folder);
    label(session, 'a');
    await kept(session);
    const discarded = await session.actions.discardDraft();
    expect(session.store.getState().images).toEqual([]);
    discarded?.undo();
    const { images, history } = session.store.getState();
    expect(images).toHaveLength(1);
    expect(objectsOf(history.present, 'a')).toHaveLength(1);
    await (await session.actions.discardDraft())?.expire();
    await vi.advanceTimersByTimeAsync(5000);
    expect((await visit(folder)).store.getState().draft.offer).toBeNull();
  });

  it('does not take away what was labelled after it was discarded', async () => {
    const session = await visit(memoryFolder());
    label(session, 'a');
    const discarded = await session.actions.discardDraft();
    label(session, 'c');
    discarded?.undo();
    const { images, history } = session.store.getState();
    expect(images.map(({ id }) => [id, objectsOf(history.present, id).length])).toEqual([
      ['c', 1],
      ['a', 1],
    ]);
  });

  it('that cannot be read is told and removed', async () => {
    const folder = memoryFolder();
    await writeOriginFile(folder, 'draft.json', '{"version":1,"pictures":[');
    const session = await visit(folder);
    expect(session.store.getState().draft).toMatchObject({ offer: null, loss: expect.stringContaining('removed') });
    expect(await existingOriginFile(folder, 'draft.json')).toBeNull();
  });

  it('that finds no room is told, and the page goes on', async () => {
    const session = await visit(memoryFolder({ capacityBytes: 5 }));
    label(session, 'a');
    await vi.advanceTimersByTimeAsync(1000);
    await vi.waitFor(() => expect(session.store.getState().draft.problem).toContain('not kept'));
    expect(session.store.getState().draft.isKept).toBe(false);
  });
});
