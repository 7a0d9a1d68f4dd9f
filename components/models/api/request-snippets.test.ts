import { describe, expect, it } from 'vitest';
import { freshDraft, plannedRequest } from '@/components/models/api/request-draft';
import { requestSnippet } from '@/components/models/api/request-snippets';
import { someModel } from '@/components/models/test-support/some-model';

const model = someModel();
const origin = 'http://localhost:3000';
const noKey = { prefix: null, whole: null };
const whole = `ul_${'0123456789'.repeat(4)}`;

describe('the code of a request', () => {
  it('is the request itself, in each language', () => {
    const request = plannedRequest({ ...freshDraft, conf: 0.4 }, model);
    const url = 'http://localhost:3000/api/models/ada/traffic/street/predict';
    for (const language of ['curl', 'python', 'javascript'] as const) {
      const code = requestSnippet(language, request, origin, noKey);
      expect(code).toContain(url);
      expect(code).toContain('0.4');
      expect(code).toContain('image.jpg');
    }
  });

  it('names the caller’s key by its beginning, or whole once it was pasted', () => {
    const request = plannedRequest(freshDraft, model);
    expect(requestSnippet('curl', request, origin, { prefix: 'ul_0a1b2c3d', whole: null })).toContain('ul_0a1b2c3d...');
    const code = requestSnippet('curl', request, origin, { prefix: 'ul_0a1b2c3d', whole });
    expect(code).toContain(`Bearer ${whole}"`);
    expect(code).not.toContain('...');
  });

  it('speaks the HUB’s forms with their own header and field names', () => {
    const later = requestSnippet('curl', plannedRequest({ ...freshDraft, form: 'hub' }, model), origin, noKey);
    expect(later).toContain('x-api-key: YOUR_API_KEY');
    expect(later).toContain('file=@image.jpg');
    const first = requestSnippet('curl', plannedRequest({ ...freshDraft, form: 'hub-2024' }, model), origin, noKey);
    expect(first).toContain('image=@image.jpg');
    expect(first).toContain('confidence=0.25');
  });

  it('sends no file when the image goes by its URL', () => {
    const source = { kind: 'url', url: 'https://a.example/b.jpg' } as const;
    const code = requestSnippet('curl', plannedRequest({ ...freshDraft, source }, model), origin, noKey);
    expect(code).toContain('source=https://a.example/b.jpg');
    expect(code).not.toContain('@');
  });
});
