import { expect } from '@playwright/test';
import { tinyModel } from '@/lib/engines/model-files/test-support/tiny-models';
import { redAndBlue } from './support/drawn-images';
import { pngFile, test } from './support/test-page';

test('no request leaves the origin and none carries the image or the model', async ({ testPage, baseURL }) => {
  const requests: { url: string; method: string; bodyBytes: number }[] = [];
  testPage.page.on('request', (request) => {
    requests.push({
      url: request.url(),
      method: request.method(),
      bodyBytes: request.postDataBuffer()?.byteLength ?? 0,
    });
  });
  await testPage.page.reload();
  await testPage.chooseModel('tiny.onnx', tinyModel());
  await testPage.chooseImages(pngFile('squares.png', await redAndBlue()));
  await testPage.rows();

  expect(requests.length).toBeGreaterThan(3);
  const ownOrigin = new URL(baseURL ?? '').origin;
  for (const { url, method, bodyBytes } of requests) {
    const { protocol, origin } = new URL(url);
    // Blob and data addresses are memory of this tab: they have no host to go to.
    if (protocol === 'blob:' || protocol === 'data:') continue;
    expect(origin, url).toBe(ownOrigin);
    expect(method, url).toBe('GET');
    expect(bodyBytes, url).toBe(0);
  }
});

test('the page is cross-origin isolated and the runtime uses every core but one', async ({ testPage }) => {
  expect(await testPage.page.evaluate(() => crossOriginIsolated)).toBe(true);
  await testPage.chooseModel('tiny.onnx', tinyModel());
  await testPage.chooseImages(pngFile('squares.png', await redAndBlue()));
  await testPage.rows();
  const threads = await testPage.page.evaluate(() => Math.max(1, Math.min(4, navigator.hardwareConcurrency - 1)));
  await expect(testPage.page.getByTestId('backend')).toContainText(`WASM · ${threads} thread`);
});

test('scripts and frames of others are refused by policy', async ({ testPage }) => {
  const reply = await testPage.page.request.get('/test');
  const policy = reply.headers()['content-security-policy'];
  expect(policy).toMatch(/script-src 'self' 'nonce-[^']+' 'wasm-unsafe-eval'(;|$)/);
  expect(policy).toContain("frame-ancestors 'none'");
  expect(reply.headers()['cross-origin-embedder-policy']).toBe('require-corp');
});

test('works again after a reload while the server is away', async ({ testPage }) => {
  await testPage.chooseModel('tiny.onnx', tinyModel());
  await testPage.chooseImages(pngFile('squares.png', await redAndBlue()));
  await testPage.rows();
  await testPage.page.evaluate(() => navigator.serviceWorker.ready);
  // The second visit loads everything through the service worker, which keeps it.
  await testPage.open();
  await testPage.chooseImages(pngFile('squares.png', await redAndBlue()));
  await testPage.rows();

  await testPage.page.context().setOffline(true);
  await testPage.open();
  await testPage.chooseImages(pngFile('squares.png', await redAndBlue()));
  expect((await testPage.rows()).map(({ name }) => name)).toEqual(['red', 'blue']);
});
