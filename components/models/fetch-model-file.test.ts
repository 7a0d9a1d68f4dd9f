import { describe, expect, it } from 'vitest';
import { fetchModelFile, reachable } from '@/components/models/fetch-model-file';

const url = 'https://sightline.example/api/files/abc/best.onnx?expires=1&signature=s';
const link = { fileName: 'best.onnx', format: 'onnx', kind: 'weights', sizeBytes: 5, sha256: 'ab', url, expiresAt: '' };

function serverWith(links: unknown[], file: () => Response) {
  const asked: string[] = [];
  const fetch = async (input: string | URL | Request) => {
    asked.push(String(input));
    return String(input).endsWith('/files') ? Response.json({ success: true, data: links }) : file();
  };
  const options = {
    signal: new AbortController().signal,
    onProgress: (bytes: number) => void loaded.push(bytes),
    fetch,
  };
  const loaded: number[] = [];
  return { asked, loaded, options };
}

describe('fetching the file of a model', () => {
  it('asks for a signed link, then for the file, and tells how far it is', async () => {
    const { options, loaded } = serverWith([link], () => new Response('model'));
    expect(await (await fetchModelFile('model_1', options)).text()).toBe('model');
    expect(loaded.at(-1)).toBe(5);
  });

  it('takes no file that was cut short', async () => {
    const { options } = serverWith([link], () => new Response('mod'));
    await expect(fetchModelFile('model_1', options)).rejects.toMatchObject({
      found: expect.stringContaining('5 bytes'),
    });
  });

  it('tells a link that is no longer good', async () => {
    const { options } = serverWith([link], () => new Response('', { status: 403 }));
    await expect(fetchModelFile('model_1', options)).rejects.toMatchObject({ found: expect.stringContaining('403') });
  });

  it('tells a model without a file', async () => {
    const { options } = serverWith([], () => new Response('model'));
    await expect(fetchModelFile('model_1', options)).rejects.toMatchObject({ code: 'file-not-found' });
  });
});

describe('signed links', () => {
  it('to our own files are asked of the server the page came from', () => {
    expect(reachable(url, 'http://10.0.0.7:3000')).toBe(
      'http://10.0.0.7:3000/api/files/abc/best.onnx?expires=1&signature=s',
    );
  });

  it('to a storage elsewhere stay as they are', () => {
    const elsewhere = 'https://bucket.example/abc?X-Amz-Signature=1';
    expect(reachable(elsewhere, 'http://10.0.0.7:3000')).toBe(elsewhere);
  });
});
