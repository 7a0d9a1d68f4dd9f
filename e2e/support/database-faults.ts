import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import type { OwnServer } from './own-server';

/** States that a crash must not leave behind, as queries that give one line for each. */
const impossible = [
  `select 'model without a file: ' || id as fault from models
   where status <> 'untrained' and not exists (select from model_files where model_id = models.id)`,
  `select 'failed job without a reason: ' || id as fault from pgboss.job where state = 'failed' and output is null`,
  `select 'letter without a job: ' || id as fault from mails
   where not exists (select from pgboss.job where name = 'send-mail' and data->>'mailId' = mails.id)`,
];

/** What is wrong in the tables and in the folder of files of a server that nobody uses at the moment. */
export async function databaseFaults(server: OwnServer): Promise<string[]> {
  return withDatabase(server, async (client) => {
    const faults: string[] = [];
    for (const query of impossible) faults.push(...(await client.query(query)).rows.map(({ fault }) => fault));
    const { rows } = await client.query('select sha256 from blobs');
    const known = new Set(rows.map(({ sha256 }) => sha256));
    const { rows: needed } = await client.query('select distinct sha256 from model_files');
    const stored = await storedFiles(server.dataFolder);
    for (const { sha256 } of needed) if (!stored.has(sha256)) faults.push(`a model's file is not stored: ${sha256}`);
    for (const sha256 of stored) if (!known.has(sha256)) faults.push(`a stored file that no row knows: ${sha256}`);
    return faults;
  });
}

/** How many jobs of a kind are in which state, leaving out the ones that wait for their hour. */
export async function jobStates(server: OwnServer, name: string): Promise<Readonly<Record<string, number>>> {
  return withDatabase(server, async (client) => {
    const query = 'select state, count(*)::int as count from pgboss.job where name = $1 group by state';
    const { rows } = await client.query(query, [name]);
    return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
  });
}

async function storedFiles(dataFolder: string): Promise<Set<string>> {
  const entries = await readdir(join(dataFolder, 'storage'), { recursive: true, withFileTypes: true });
  return new Set(
    entries.filter((entry) => entry.isFile() && /^[0-9a-f]{64}$/.test(entry.name)).map(({ name }) => name),
  );
}

async function withDatabase<T>(server: OwnServer, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client(await server.databaseUrl());
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
