import { expect, it, vi } from 'vitest';
import { retryTakenSlug } from '@/lib/domain/retry-taken-slug';

/** As the driver throws it, within the error of the query builder. */
const violation = (constraint: string) =>
  new Error('Failed query', { cause: Object.assign(new Error('duplicate key'), { code: '23505', constraint }) });

it('writes again when another request took the slug in between', async () => {
  const write = vi.fn(async () => 'written').mockRejectedValueOnce(violation('models_slug'));
  expect(await retryTakenSlug('model', write)).toBe('written');
  expect(write).toHaveBeenCalledTimes(2);
});

it('gives up when that goes on', async () => {
  const write = vi.fn(() => Promise.reject(violation('projects_slug')));
  await expect(retryTakenSlug('project', write)).rejects.toMatchObject({ code: 'CONFLICT' });
  expect(write).toHaveBeenCalledTimes(20);
});

it.each([violation('models_pkey'), new Error('The connection broke.')])(
  'tells any other failure at once: %s',
  async (failure) => {
    const write = vi.fn(() => Promise.reject(failure));
    await expect(retryTakenSlug('model', write)).rejects.toBe(failure);
    expect(write).toHaveBeenCalledTimes(1);
  },
);
