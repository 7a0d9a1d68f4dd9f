import { describe, expect, it } from 'vitest';
import { demoScenes } from '@/components/test/demo/demo-scenes';
import { allDone, image, modelFile, names, startSession } from '@/components/test/session/test-support/started-session';

const [boxes, masks] = demoScenes;

/** Files that say where they come from. */
const load = async (url: string) => new Blob([url]);

function shown({ session }: ReturnType<typeof startSession>) {
  const { models, images } = session.store.getState();
  return { models: models.map(({ name }) => name), images: images.map(({ name }) => name) };
}

describe('the demo', () => {
  it('shows a scene with what its model sees, and remembers neither', async () => {
    const started = startSession();
    await started.session.actions.showDemo(boxes, load);
    await allDone(started.session);
    expect(shown(started)).toEqual({ models: ['demo-detect.onnx'], images: ['bus.jpg'] });
    expect(names(started.session)).toEqual(['person', 'bus']);
    expect(started.session.store.getState().models[0]?.sizeBytes).toBe('/demo/demo-detect.onnx'.length);
    expect(started.kept.size).toBe(0);
  });

  it('gives its place to the next scene', async () => {
    const started = startSession();
    await started.session.actions.showDemo(boxes, load);
    await started.session.actions.showDemo(masks, load);
    await allDone(started.session);
    expect(shown(started)).toEqual({ models: ['demo-segment.onnx'], images: ['street.jpg'] });
  });

  it('gives the place of its model to a model, and that of its picture to images', async () => {
    const started = startSession();
    await started.session.actions.showDemo(boxes, load);
    await started.session.actions.addModelFiles([modelFile('m')]);
    expect(shown(started)).toEqual({ models: ['m.onnx'], images: ['bus.jpg'] });
    started.session.actions.addImages([image('a.png')]);
    await allDone(started.session);
    expect(shown(started)).toEqual({ models: ['m.onnx'], images: ['a.png'] });
  });

  it('does not come any more once somebody has begun while it was fetched', async () => {
    const started = startSession();
    let arrive: (file: Blob) => void = () => undefined;
    const fetched = new Promise<Blob>((resolve) => {
      arrive = resolve;
    });
    const coming = started.session.actions.showDemo(boxes, () => fetched);
    started.session.actions.addImages([image('a.png')]);
    arrive(new Blob(['late']));
    await coming;
    expect(shown(started)).toEqual({ models: [], images: ['a.png'] });
  });

  it('says which of its files could not be read', async () => {
    const started = startSession();
    await started.session.actions.showDemo(boxes, async (url) => {
      throw new Error(`no ${url}`);
    });
    expect(started.session.store.getState().inputFault?.found).toContain('no /examples/bus.jpg');
    await started.session.actions.showDemo(boxes, async (url) => {
      if (url.startsWith('/demo')) throw new Error(`no ${url}`);
      return load(url);
    });
    const [model] = started.session.store.getState().models;
    expect(model?.content).toMatchObject({ status: 'refused', fault: { found: expect.stringContaining('no /demo') } });
  });

  it('is put away with all that it brought', async () => {
    const started = startSession();
    await started.session.actions.showDemo(boxes, load);
    started.session.actions.leaveDemo();
    expect(shown(started)).toEqual({ models: [], images: [] });
  });
});
