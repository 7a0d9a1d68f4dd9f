import { Fault } from '@/lib/core/fault';

const mebibyte = 1024 * 1024;

/** What a damaged file may cost: the processor's own time, so that a busy machine does not count, and memory held at its end. */
export type SurvivalLimits = { readonly milliseconds: number; readonly mebibytes: number };

export type SurvivalOutcome = 'opened' | Fault['code'];

/**
 * Runs a reader on a damaged file. Throws, naming the case, where it ends in anything but success or a `Fault`, or costs more
 * than it may; tells how it ended otherwise.
 */
export async function survive(
  name: string,
  read: () => Promise<unknown>,
  { milliseconds, mebibytes }: SurvivalLimits,
): Promise<SurvivalOutcome> {
  const cpu = process.cpuUsage();
  const held = process.memoryUsage().arrayBuffers;
  const outcome = await read().then(
    () => 'opened' as const,
    (error: unknown) => error,
  );
  const { user } = process.cpuUsage(cpu);
  const grown = process.memoryUsage().arrayBuffers - held;
  if (outcome !== 'opened' && !(outcome instanceof Fault)) {
    throw new Error(`${name} ends in something that is no fault`, { cause: outcome });
  }
  if (user / 1000 > milliseconds) throw new Error(`${name} takes ${user / 1000} ms`);
  if (grown > mebibytes * mebibyte) throw new Error(`${name} allocates ${grown} bytes`);
  return outcome === 'opened' ? outcome : outcome.code;
}
