import { setTimeout as wait } from 'node:timers/promises';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@/lib/platform/db/embedded-postgres';
import { type DatabaseHold, holdDatabase } from '@/lib/platform/db/hold-database';

/** The embedded database, kept running. */
export type OwnDatabase = {
  readonly url: string;
  /** Resolves with the reason when it ended and could not be started again. */
  readonly lost: Promise<string>;
  stop(): Promise<void>;
};

/** A killed supervisor's hold is gone as soon as the server sees its connection closed. */
const holdAttempts = 10;
const holdPauseMilliseconds = 200;

/** A server may be killed again while it is being started. */
const restartAttempts = 5;
const restartPauseMilliseconds = 1000;

/** The server, and the proof that no other Sightline works on it. */
type HeldDatabase = { readonly server: EmbeddedPostgres; readonly hold: Extract<DatabaseHold, { kind: 'held' }> };

/** Another Sightline has the hold: its server is not ours to stop. */
class TakenFault extends Error {}

/**
 * Starts or adopts the database of `dataFolder`, and starts it again when it ends by itself. Throws when another Sightline
 * works on that folder, leaving its database alone.
 */
export async function keepOwnDatabase(dataFolder: string, say: (line: string) => void): Promise<OwnDatabase> {
  const stopping = new AbortController();
  const stopped = new Promise<void>((resolve) => stopping.signal.addEventListener('abort', () => resolve()));
  const first = await startHeld(dataFolder);
  let held: HeldDatabase | null = first;
  const { url } = first.server;
  say(description(first.server));

  async function startAgain(): Promise<HeldDatabase> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await startHeld(dataFolder);
      } catch (error) {
        if (stopping.signal.aborted || attempt === restartAttempts) throw error;
      }
      await wait(restartPauseMilliseconds, undefined, { signal: stopping.signal });
    }
  }

  /** Ends with the reason why the database cannot go on, or with null when it was told to stop. */
  async function watch(): Promise<string | null> {
    let current = first;
    for (;;) {
      // A crash of one of PostgreSQL's processes breaks all connections, and the hold with them, while the server goes on.
      await Promise.race([current.server.ended, current.hold.lost, stopped]);
      if (stopping.signal.aborted) return null;
      say('PostgreSQL ended unexpectedly; it starts again.');
      try {
        current = await startAgain();
        held = current;
      } catch (error) {
        if (error instanceof TakenFault) held = null;
        if (stopping.signal.aborted) return null;
        return error instanceof Error ? error.message : String(error);
      }
      if (current.server.url !== url) return 'PostgreSQL had to move to another port: the programs must start anew.';
      say(description(current.server));
    }
  }

  const watching = watch();
  return {
    url,
    lost: watching.then((reason) => reason ?? new Promise<never>(() => undefined)),
    async stop() {
      stopping.abort();
      // A restart that is under way comes to its end, so that what it started is stopped as well.
      await watching;
      await held?.hold.release();
      await held?.server.stop();
    },
  };
}

/** Starts or adopts the server and takes the hold of it. A server that was started in vain is stopped. */
async function startHeld(dataFolder: string): Promise<HeldDatabase> {
  const server = await startEmbeddedPostgres(dataFolder);
  try {
    return { server, hold: await holdOwn(server, dataFolder) };
  } catch (error) {
    if (server.origin === 'started' && !(error instanceof TakenFault)) await server.stop();
    throw error;
  }
}

async function holdOwn({ url }: EmbeddedPostgres, dataFolder: string): Promise<HeldDatabase['hold']> {
  for (let attempt = 1; ; attempt += 1) {
    const hold = await holdDatabase(url);
    if (hold.kind === 'held') return hold;
    if (attempt === holdAttempts) {
      const who = hold.processId === null ? '' : ` (process ${hold.processId})`;
      throw new TakenFault(
        `Another Sightline${who} already works on ${dataFolder}. Stop it first, or set DATA_DIR to another folder and PORT to another port.`,
      );
    }
    await wait(holdPauseMilliseconds);
  }
}

function description({ url, origin, elsewhere }: EmbeddedPostgres): string {
  const { host } = new URL(url);
  const place = elsewhere === null ? '' : `, with its files in ${elsewhere}, where its account can enter`;
  const verb = origin === 'adopted' ? 'was still running and is used again' : 'runs';
  return `PostgreSQL ${verb} on ${host}${place}.`;
}
