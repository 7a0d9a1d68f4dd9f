/** Where the sign-in provider of the journeys listens while one of them runs it: beside the server. */
export const openIdPort = Number(process.env.E2E_PORT ?? 3117) + 10;

/** Where the publisher of the official weights stands while a journey plays it. */
export const mirrorPort = Number(process.env.E2E_PORT ?? 3117) + 20;

/** Settings of the server of the journeys that some journey needs to know. */
export const serverSettings = {
  /** Every person of the journeys then has an address of their own. */
  TRUST_PROXY: '1',
  METRICS_TOKEN: 'a-token-for-the-journeys',
  OIDC_ISSUER: `http://127.0.0.1:${openIdPort}`,
  OIDC_CLIENT_ID: 'sightline-journeys',
  OIDC_CLIENT_SECRET: 'a secret of the provider',
  CATALOGUE_BASE_URL: `http://127.0.0.1:${mirrorPort}`,
  CATALOGUE_ALLOWED_HOSTS: `127.0.0.1:${mirrorPort}`,
} as const;
