import { describe, expect, it } from 'vitest';
import { parseEnvironment } from '@/lib/core/env';
import { configuredProviders } from '@/lib/http/sign-in-providers';

describe('configuredProviders', () => {
  it('offers none without credentials, or with half of them', () => {
    expect(configuredProviders(parseEnvironment({}))).toEqual([]);
    expect(configuredProviders(parseEnvironment({ GITHUB_CLIENT_ID: 'id', OIDC_CLIENT_ID: 'id' }))).toEqual([]);
  });

  it('offers what has credentials, under the name it was given', () => {
    const environment = parseEnvironment({
      GITHUB_CLIENT_ID: 'id',
      GITHUB_CLIENT_SECRET: 'secret',
      OIDC_NAME: 'Institute login',
      OIDC_ISSUER: 'https://login.example.org',
      OIDC_CLIENT_ID: 'id',
      OIDC_CLIENT_SECRET: 'secret',
    });
    expect(configuredProviders(environment)).toEqual([
      { id: 'github', label: 'GitHub' },
      { id: 'oidc', label: 'Institute login' },
    ]);
  });
});
