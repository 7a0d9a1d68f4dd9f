// kill -9 of every part at random moments, while clients work: nothing acknowledged is lost, nothing is half done.
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import { seededRandom } from '@/lib/engines/model-files/test-support/seeded-random';
import { BusyClient, Unanswered } from './support/busy-client';
import { checkFiles, checkLedger } from './support/check-ledger';
import { databaseFaults, jobStates } from './support/database-faults';
import { Ledger } from './support/ledger';
import { OwnServer, type Part, until } from './support/own-server';

const clientCount = 4;
const parts = ['web server', 'worker', 'database', 'supervisor'] as const satisfies readonly Part[];
/** Changes that are acknowledged before a kill: at least this, and at most so many more. */
const changesBefore = 10;
const changesMore = 20;
/** Changes that must be acknowledged after one. */
const changesAfter = 5;
/** A model with a new file is loaded by a process of its own: all of them have their turn at the end. */
const predictionsPerRound = 2;
/** The kill falls somewhere within the requests that are under way. */
const withinMilliseconds = 50;

let server: OwnServer | null = null;
test.afterEach(() => server?.stop());

test('what was acknowledged survives kill -9 of every part', async () => {
  test.setTimeout(300_000);
  const seed = Number(process.env.E2E_SEED ?? Date.now() % 1_000_000);
  console.log(`E2E_SEED=${seed} chooses the same kills and requests again`);
  const random = seededRandom(seed);
  const own = await OwnServer.make();
  server = own;
  const ledger = new Ledger();
  const clients = Array.from({ length: clientCount }, (_, index) => {
    return new BusyClient(own.origin, ledger, `client-${index}`, seededRandom(seed + 1 + index));
  });
  try {
    await own.start();
    const oneMore = parts[Math.floor(random() * parts.length)] ?? 'database';
    for (const part of [...shuffled(parts, random), oneMore]) {
      const seconds = await killUnderLoad(own, part, ledger, clients, random);
      await expectWhole(own, ledger, clients, predictionsPerRound);
      console.log(`${part}: back after ${seconds.toFixed(1)} s; ${ledger.acknowledged} changes, all of them kept`);
    }
    await expectUndisturbed(own, ledger, clients);
    await expectJobsEnded(own, ledger);
    expect(await databaseFaults(own)).toEqual([]);
    expect(await own.stop()).toBe(0);
    await own.leftNothingRunning();
    await own.remove();
  } catch (error) {
    console.log(own.output());
    throw error;
  }
});

/** Kills a part while all clients work, and lets them end their requests when it is back. Returns the seconds that took. */
async function killUnderLoad(
  own: OwnServer,
  part: Part,
  ledger: Ledger,
  clients: readonly BusyClient[],
  random: () => number,
): Promise<number> {
  const work = startWork(own, clients);
  await Promise.race([ledger.further(changesBefore + Math.floor(random() * changesMore)), work.failed]);
  await wait(random() * withinMilliseconds);
  const old = await own.process(part);
  await own.kill(part);
  const killedAt = performance.now();
  if (part === 'supervisor') await own.start();
  await own.process(part, old);
  await own.answers();
  const seconds = (performance.now() - killedAt) / 1000;
  await Promise.race([ledger.further(changesAfter), work.failed]);
  await work.stop();
  return seconds;
}

type Work = {
  /** Rejects when a client cannot go on. */
  readonly failed: Promise<never>;
  /** Lets every client end its request. */
  stop(): Promise<void>;
};

/** All clients work; one whose request was not answered goes on when the server is back. */
function startWork(own: OwnServer, clients: readonly BusyClient[]): Work {
  const stopping = new AbortController();
  const running = clients.map(async (client) => {
    while (!stopping.signal.aborted) {
      await client.step().catch((error: unknown) => {
        if (error instanceof Unanswered) return own.answers();
        throw error;
      });
    }
  });
  const ended = Promise.all(running);
  return {
    failed: ended.then(() => new Promise<never>(() => undefined)),
    async stop() {
      stopping.abort();
      await ended;
    },
  };
}

/** Compares all with the ledger; clients take over what their unanswered requests made. */
async function expectWhole(
  own: OwnServer,
  ledger: Ledger,
  clients: readonly BusyClient[],
  predictions: number,
): Promise<void> {
  const { faults, found } = await checkLedger(own.origin, ledger);
  expect(faults).toEqual([]);
  for (const client of clients) for (const thing of found) client.adopt(thing);
  expect(await checkFiles(own.origin, ledger, predictions)).toEqual([]);
}

/** Where nothing is killed, every request is answered: what was left half done does not stand in the way of any. */
async function expectUndisturbed(own: OwnServer, ledger: Ledger, clients: readonly BusyClient[]): Promise<void> {
  for (let round = 0; round < changesBefore; round += 1) await Promise.all(clients.map((client) => client.step()));
  await expectWhole(own, ledger, clients, Number.POSITIVE_INFINITY);
}

async function expectJobsEnded(own: OwnServer, { acknowledgedJobs }: Ledger): Promise<void> {
  const ended = await until(async () => {
    const { completed = 0, failed = 0, ...unfinished } = await jobStates(own, 'send-password-reset');
    return Object.keys(unfinished).length === 0 ? completed + failed : null;
  }, 'every job has ended');
  expect(ended).toBeGreaterThanOrEqual(acknowledgedJobs);
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, rank: random() }))
    .sort((one, other) => one.rank - other.rank)
    .map(({ item }) => item);
}
