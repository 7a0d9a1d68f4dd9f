import type { HostFleet } from '@/lib/platform/inference/host-fleet';
import type { InferenceLimits } from '@/lib/platform/inference/inference-faults';
import type { InferenceModel } from '@/lib/platform/inference/inference-request';
import { createModelLine, type ModelLine } from '@/lib/platform/inference/model-line';

/** How often processes are measured and waiting ones looked at. Asking `ps` is dearer than reading a file. */
const sweepMs = process.platform === 'linux' ? 200 : 1_000;

/** A line without a process is forgotten so long after its last use: longer than it could rest after crashes. */
const forgottenMs = 120_000;

export type ModelLines = {
  /** The line of a model, made when there is none. */
  lineOf(model: InferenceModel): ModelLine;
  /** To be called after a job was added. */
  added(): void;
  all(): readonly ModelLine[];
  /** Seconds that one job takes, as a sliding mean. */
  readonly secondsPerJob: number;
  close(error: Error): void;
};

/** Which models have a process: those that have jobs or had some lately, as far as the memory allows. */
export function createModelLines(fleet: HostFleet, limits: InferenceLimits & { readonly idleMs: number }): ModelLines {
  const lines = new Map<string, ModelLine>();
  const starting = new Set<ModelLine>();
  let secondsPerJob = 0.1;
  let sweeping: NodeJS.Timeout | undefined;
  let closedBy: Error | null = null;

  function startHosts(): void {
    const wanting = [...lines.values()].filter((line) => line.host === null && line.waitingSince !== null);
    wanting.sort((a, b) => (a.waitingSince ?? 0) - (b.waitingSince ?? 0));
    for (const line of wanting) {
      if (starting.has(line)) continue;
      makeRoom();
      if (!fleet.hasRoom()) return;
      void startHost(line);
    }
  }

  async function startHost(line: ModelLine): Promise<void> {
    starting.add(line);
    try {
      const host = await fleet.start(line.file);
      if (closedBy === null) line.attach(host);
      else host.end('retired');
    } catch (error) {
      line.failWaiting(error instanceof Error ? error : new Error(String(error)));
    } finally {
      starting.delete(line);
    }
  }

  /** Closes models that nobody uses, the least recently used first, until one more process fits. */
  function makeRoom(): void {
    for (const line of idleLines()) if (!fleet.hasRoom()) line.retire();
  }

  function idleLines(): readonly ModelLine[] {
    const idle = [...lines.values()].filter((line) => line.host !== null && line.runningCount === 0);
    return idle.sort((a, b) => a.lastUsedAt - b.lastUsedAt);
  }

  async function sweep(): Promise<void> {
    await fleet.measure();
    const now = performance.now();
    for (const line of lines.values()) {
      line.sweep(now);
      if (line.runningCount > 0 || line.waitingCount > 0) continue;
      if (now - line.lastUsedAt > limits.idleMs) line.retire();
      if (line.host === null && now - line.lastUsedAt > forgottenMs) lines.delete(line.sha256);
    }
    for (const line of idleLines()) if (fleet.isOverfull()) line.retire();
    startHosts();
    sweeping = undefined;
    if (lines.size > 0 && closedBy === null) sweepLater();
  }

  function sweepLater(): void {
    sweeping ??= setTimeout(() => void sweep(), sweepMs).unref();
  }

  return {
    lineOf({ sha256, file }) {
      const known = lines.get(sha256);
      if (known !== undefined) return known;
      const line = createModelLine(sha256, file, limits, {
        answered(milliseconds) {
          secondsPerJob += (milliseconds / 1000 - secondsPerJob) / 8;
        },
        changed: startHosts,
      });
      lines.set(sha256, line);
      return line;
    },
    added() {
      startHosts();
      sweepLater();
    },
    all: () => [...lines.values()],
    get secondsPerJob() {
      return secondsPerJob;
    },
    close(error) {
      closedBy = error;
      clearTimeout(sweeping);
      for (const line of lines.values()) line.close(error);
      lines.clear();
    },
  };
}
