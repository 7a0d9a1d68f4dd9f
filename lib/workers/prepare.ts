import { makeServices } from '@/lib/composition';
import { present } from '@/lib/core/assert';
import type { Environment } from '@/lib/core/env';
import { ensureInitialAccount } from '@/lib/domain/accounts/ensure-initial-account';
import { migrateDatabase } from '@/lib/platform/db/migrate';
import { installJobs } from '@/lib/platform/jobs/pg-boss-jobs';

/**
 * What must be before the first request: the tables of this version, the queues, and the account the settings name. Several
 * nodes may do so at once, and every start does. Throws when the database cannot be reached or the settings contradict.
 */
export async function prepare(settings: Environment): Promise<void> {
  const url = present(settings.DATABASE_URL, 'DATABASE_URL');
  const initial = initialAccount(settings);
  await migrateDatabase(url);
  const services = await makeServices(settings);
  try {
    await installJobs({ url, log: services.log });
    if (initial !== null) await ensureInitialAccount(services, initial);
  } finally {
    await services.close();
  }
}

function initialAccount(settings: Environment) {
  const { SIGHTLINE_INIT_EMAIL: email, SIGHTLINE_INIT_PASSWORD: password } = settings;
  if (email === undefined && password === undefined) return null;
  if (email === undefined || password === undefined) {
    throw new Error('SIGHTLINE_INIT_EMAIL and SIGHTLINE_INIT_PASSWORD make an account together: set both, or none.');
  }
  return {
    email,
    password,
    username: settings.SIGHTLINE_INIT_USERNAME,
    apiKey: settings.SIGHTLINE_INIT_API_KEY,
    plan: settings.SIGHTLINE_INIT_PLAN,
  };
}
