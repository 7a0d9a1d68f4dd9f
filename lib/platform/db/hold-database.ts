import { Client } from 'pg';

/** Any number, as long as nothing else takes it. */
const holdLock = 7_204_412;

const applicationPrefix = 'sightline supervisor ';

/** A database held by one process; or who holds it. */
export type DatabaseHold =
  | {
      readonly kind: 'held';
      /** Resolves when the hold is gone because its connection broke. */
      readonly lost: Promise<void>;
      release(): Promise<void>;
    }
  | { readonly kind: 'taken'; readonly processId: number | null };

/**
 * Takes the database at `url` for this process until `release`, its end, or the server's. Unlike a file with a process
 * number, the hold of a killed process is gone with it. Throws when the server cannot be reached.
 */
export async function holdDatabase(url: string): Promise<DatabaseHold> {
  const client = new Client({ connectionString: url, application_name: `${applicationPrefix}${process.pid}` });
  const lost = new Promise<void>((resolve) => client.once('end', resolve));
  // The end follows, and tells whoever must take the hold anew; unheard, the error would end the process.
  client.on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query<{ held: boolean }>('select pg_try_advisory_lock($1) as held', [holdLock]);
  if (rows[0]?.held) return { kind: 'held', lost, release: () => client.end() };
  const holders = await client.query<{ name: string }>(
    `select application_name as name from pg_locks join pg_stat_activity using (pid)
     where locktype = 'advisory' and objid = $1 and granted`,
    [holdLock],
  );
  await client.end();
  const processId = Number.parseInt(holders.rows[0]?.name.slice(applicationPrefix.length) ?? '', 10);
  return { kind: 'taken', processId: Number.isNaN(processId) ? null : processId };
}
