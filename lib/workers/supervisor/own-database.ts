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

/**
 * Starts or adopts the database of `dataFolder`, and starts it again when it ends by itself. Throws when another Sightline
 * works on that folder, leaving its database alone.
 */
export async function keepOwnDatabase(dataFolder: string, say: (line: string) => void): Promise<OwnDatabase> {
  let server = await startEmbeddedPostgres(dataFolder);
  let hold = await holdOwn(server, dataFolder);
  const { url } = server;
  let isStopping = false;
  say(description(server));

  async function startAgain(): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        server = await startEmbeddedPostgres(dataFolder);
        hold = await holdOwn(server, dataFolder);
        break;
      } catch (error) {
        if (isStopping || attempt === restartAttempts) throw error;
      }
      await wait(restartPauseMilliseconds);
    }
    if (server.url !== url) throw new Error('PostgreSQL had to move to another port: the programs must start anew.');
  }

  async function watch(): Promise<string> {
    for (;;) {
      // A crash of one of PostgreSQL's processes breaks all connections, and the hold with them, while the server goes on.
      await Promise.race([server.ended, hold.lost]);
      if (isStopping) return new Promise(() => undefined);
      say('PostgreSQL ended unexpectedly; it starts again.');
      try {
        await startAgain();
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
      say(description(server));
    }
  }

  return {
    url,
    lost: watch(),
    async stop() {
      isStopping = true;
      await hold.release();
      await server.stop();
    },
  };
}

async function holdOwn(
  { url }: EmbeddedPostgres,
  dataFolder: string,
): Promise<Extract<DatabaseHold, { kind: 'held' }>> {
  for (let attempt = 1; ; attempt += 1) {
    const hold = await holdDatabase(url);
    if (hold.kind === 'held') return hold;
    if (attempt === holdAttempts) {
      const who = hold.processId === null ? '' : ` (process ${hold.processId})`;
      throw new Error(
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
