import { describe, expect, it } from 'vitest';
import { contentDisposition } from '@/lib/http/content-disposition';

describe('the name of a download', () => {
  it.each([
    ['best.onnx', `attachment; filename="best.onnx"; filename*=UTF-8''best.onnx`],
    ['größe 1.pt', `attachment; filename="gr__e 1.pt"; filename*=UTF-8''gr%C3%B6%C3%9Fe%201.pt`],
    ["it's (1)*.pt", `attachment; filename="it's (1)*.pt"; filename*=UTF-8''it%27s%20%281%29%2A.pt`],
    [
      'a"; filename="b.exe',
      `attachment; filename="a_; filename=_b.exe"; filename*=UTF-8''a%22%3B%20filename%3D%22b.exe`,
    ],
    ['50%.pt', `attachment; filename="50_.pt"; filename*=UTF-8''50%25.pt`],
  ])('%s', (name, header) => {
    expect(contentDisposition(name)).toBe(header);
  });

  it('cannot end the header, whatever the name', () => {
    const header = contentDisposition('a\r\nSet-Cookie: x=1\0\ud800\\".onnx');
    expect(header).not.toMatch(/[^\x20-\x7e]/);
    expect(() => new Headers({ 'Content-Disposition': header })).not.toThrow();
    expect(header.match(/"/g)).toHaveLength(2);
  });
});
