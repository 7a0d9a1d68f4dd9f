import { describe, expect, it } from 'vitest';
import { compareModels } from '@/components/models/compare-models';
import { someModel } from '@/components/models/test-support/some-model';

const factOf = (label: string, ...models: Parameters<typeof compareModels>[0]) =>
  compareModels(models).find((fact) => fact.label === label);

describe('comparing models', () => {
  it('tells equal facts from those that differ', () => {
    const models = [someModel({ parameters: 1000 }), someModel({ parameters: 2000 })];
    expect(factOf('Parameters', ...models)).toMatchObject({ texts: ['1.0 k', '2.0 k'], differs: true });
    expect(factOf('Task', ...models)).toMatchObject({ texts: ['detect', 'detect'], differs: false });
  });

  it('names the classes that not all of them have', () => {
    const models = [
      someModel({ names: ['car', 'bus'] }),
      someModel({ names: ['car', 'van'] }),
      someModel({ names: ['car'] }),
    ];
    expect(factOf('Classes only here', ...models)).toMatchObject({ texts: ['bus', 'van', 'none'], differs: true });
  });

  it('compares what the files say about themselves, also where one says nothing', () => {
    const models = [someModel({ properties: { version: '8.3.0', names: '{}' } }), someModel({ properties: {} })];
    expect(factOf('version', ...models)).toMatchObject({ texts: ['8.3.0', '–'], differs: true });
    expect(factOf('names', ...models)).toBeUndefined();
  });

  it('is not led astray by the names of properties in a foreign file', () => {
    const models = [someModel({ properties: { constructor: 'x' } }), someModel({ properties: {} })];
    expect(factOf('constructor', ...models)?.texts).toEqual(['x', '–']);
  });
});
