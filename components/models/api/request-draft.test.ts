import { describe, expect, it } from 'vitest';
import { freshDraft, missingFrom, plannedRequest, withForm } from '@/components/models/api/request-draft';
import { someModel } from '@/components/models/test-support/some-model';
import { hubFields, predictFields } from '@/lib/domain/predictions/schema';

const model = someModel();
const file = new File(['x'], 'bus.jpg');
const draft = { ...freshDraft, source: { kind: 'file', file } } as const;

describe('a request as it goes over the wire', () => {
  it('names a model by its address or by its id', () => {
    expect(plannedRequest(draft, model)).toMatchObject({
      operation: { id: 'predictBySlug' },
      params: { modelId: 'ada', project: 'traffic', model: 'street' },
    });
    expect(plannedRequest({ ...draft, address: 'id' }, model)).toMatchObject({
      operation: { id: 'predict' },
      params: { modelId: 'model_1' },
    });
  });

  it('leaves out what is the server’s own choice', () => {
    expect(plannedRequest(draft, model).fields).toEqual({ conf: '0.25', iou: '0.45' });
    const chosen = plannedRequest({ ...draft, imgsz: 1280, format: 'roboflow' }, model);
    expect(chosen.fields).toEqual({ conf: '0.25', iou: '0.45', imgsz: '1280', format: 'roboflow' });
  });

  it('sends a file or its URL, never both', () => {
    expect(plannedRequest(draft, model).file).toEqual({ field: 'file', file });
    const byUrl = plannedRequest({ ...draft, source: { kind: 'url', url: 'https://a.example/b.jpg' } }, model);
    expect(byUrl).toMatchObject({ file: null, fields: { source: 'https://a.example/b.jpg' } });
  });

  it('speaks both forms of the HUB by their own field names', () => {
    expect(plannedRequest({ ...draft, form: 'hub', imgsz: 320 }, model)).toMatchObject({
      operation: { id: 'hubPredict' },
      file: { field: 'file' },
      fields: { conf: '0.25', iou: '0.45', imgsz: '320' },
    });
    expect(plannedRequest({ ...draft, form: 'hub-2024', imgsz: 320, normalize: false }, model)).toMatchObject({
      file: { field: 'image' },
      fields: { confidence: '0.25', iou: '0.45', size: '320', normalize: 'false' },
    });
  });

  it.each(['platform', 'hub', 'hub-2024'] as const)('in the form %s is one that the server takes', (form) => {
    const extreme = withForm({ ...draft, conf: 0, iou: 1, imgsz: 1280 }, form);
    const { fields } = plannedRequest(extreme, model);
    const schema = form === 'platform' ? predictFields.strict() : hubFields.strict();
    expect(schema.safeParse(fields).error).toBeUndefined();
  });

  it('drops a URL where the form knows files only', () => {
    const byUrl = { ...draft, source: { kind: 'url', url: 'https://a.example/b.jpg' } } as const;
    expect(withForm(byUrl, 'hub').source).toEqual({ kind: 'file', file: null });
    expect(withForm(byUrl, 'hub-2024').source).toEqual(byUrl.source);
  });

  it('is not sent before there is an image', () => {
    expect(missingFrom(freshDraft)).toContain('image');
    expect(missingFrom({ ...draft, source: { kind: 'url', url: 'bus.jpg' } })).toContain('address');
    expect(missingFrom(draft)).toBeNull();
  });
});
