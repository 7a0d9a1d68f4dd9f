import { describe, expect, it } from 'vitest';
import { type OpenApiDocument, readOperations } from '@/components/reference/openapi-document';
import { faultOfDraft, type TryDraft, tryBodyOf, tryRequest } from '@/components/reference/try-request';
import { buildOpenApi } from '@/lib/http/openapi/build-openapi';
import { allOperations } from '@/lib/http/operations/all-operations';

const document: OpenApiDocument = JSON.parse(JSON.stringify(buildOpenApi(allOperations, 'http://localhost:3000')));
const operation = (id: string) => {
  const found = readOperations(document).find((candidate) => candidate.id === id);
  if (!found) throw new Error(`The document has no ${id}.`);
  return found;
};
const nothing: TryDraft = { parameters: {}, json: '', fields: {}, files: {} };

describe('trying an operation', () => {
  it('puts parameters where they belong and leaves out empty ones', () => {
    const request = tryRequest(operation('listProjects'), {
      ...nothing,
      parameters: { 'query.search': 'a&b', 'query.page': '', 'path.search': 'not here' },
    });
    expect(request).toEqual({ path: '/api/projects', query: { search: 'a&b' }, headers: {}, body: null });
  });

  it('escapes what stands in the path', () => {
    const draft = { ...nothing, parameters: { 'path.projectId': 'a/../b' } };
    expect(tryRequest(operation('getProject'), draft).path).toBe('/api/projects/a%2F..%2Fb');
  });

  it('says what is missing before anything is sent', () => {
    expect(faultOfDraft(operation('getProject'), nothing)).toContain('projectId');
    expect(faultOfDraft(operation('createProject'), { ...nothing, json: '{"name": ' })).toContain('JSON');
    expect(faultOfDraft(operation('createProject'), { ...nothing, json: '{"name":"a"}' })).toBeNull();
  });

  it('sends JSON as it was written', () => {
    const request = tryRequest(operation('createProject'), { ...nothing, json: '{"name":"a"}' });
    expect(request.body).toBe('{"name":"a"}');
    expect(request.headers).toEqual({ 'Content-Type': 'application/json' });
  });

  it('sends fields and files as a form, for which the browser writes the content type', () => {
    const predict = operation('predict');
    expect(tryBodyOf(predict)).toBe('multipart');
    const request = tryRequest(predict, {
      ...nothing,
      parameters: { 'path.modelId': 'model_1' },
      fields: { conf: '0.5', iou: '' },
      files: { file: new File(['x'], 'bus.jpg') },
    });
    expect(request.headers).toEqual({});
    const form = request.body as FormData;
    expect([...form.keys()]).toEqual(['conf', 'file']);
  });

  it('sends the bytes of an upload with its offset in a header', () => {
    const append = operation('appendUpload');
    expect(tryBodyOf(append)).toBe('bytes');
    expect(
      faultOfDraft(append, { ...nothing, parameters: { 'path.uploadId': 'u', 'header.Upload-Offset': '0' } }),
    ).toContain('file');
  });
});
