import { type HostProcess, startHost } from '@/lib/platform/inference/host-process';
import { hostProgram } from '@/lib/platform/inference/host-program';
import { residentBytes } from '@/lib/platform/inference/process-memory';

/** What a process is taken to need at least: while it starts, less is measured than it is about to take. */
const expectedBytes = 192 * 2 ** 20;

/** Processes and what they occupy, as they were last measured. */
export type HostFleet = {
  /** Bytes that all processes were measured to occupy, those that are about to go aside. */
  occupiedBytes(): number;
  /** Whether they occupy, or are about to, more than they may together. */
  isOverfull(): boolean;
  /** Bytes of one, or 0 before it was measured. */
  bytesOf(host: HostProcess): number;
  /** Whether one more process fits into the budget. The first one always does. */
  hasRoom(): boolean;
  /** Starts a process that may read one file. Rejects when the host's program cannot be made. */
  start(readableFile: string): Promise<HostProcess>;
  /** Measures all processes, and ends those that occupy more than one may. */
  measure(): Promise<void>;
  /** Ends all processes and resolves when they are gone. */
  close(): Promise<void>;
};

type FleetOptions = {
  readonly projectFolder: string;
  readonly maximumMemoryBytes: number;
  readonly modelMemoryBytes: number;
};

export function createHostFleet({ projectFolder, maximumMemoryBytes, modelMemoryBytes }: FleetOptions): HostFleet {
  const measured = new Map<HostProcess, number>();

  function sum(bytesOf: (measuredBytes: number) => number): number {
    let total = 0;
    for (const [host, bytes] of measured) if (!host.isEnding) total += bytesOf(bytes);
    return total;
  }

  const expected = () => sum((bytes) => Math.max(bytes, expectedBytes));

  return {
    occupiedBytes: () => sum((bytes) => bytes),
    isOverfull: () => expected() > maximumMemoryBytes,
    bytesOf: (host) => measured.get(host) ?? 0,
    hasRoom: () => expected() === 0 || expected() + expectedBytes <= maximumMemoryBytes,
    async start(readableFile) {
      const program = await hostProgram(projectFolder);
      const host = startHost({ program, projectFolder, readableFile, memoryBytes: modelMemoryBytes });
      measured.set(host, 0);
      void host.ended.then(() => measured.delete(host));
      return host;
    },
    async measure() {
      const hosts = [...measured.keys()];
      const bytes = await residentBytes(hosts.flatMap(({ pid }) => (pid === undefined ? [] : [pid])));
      for (const host of hosts) {
        const occupied = host.pid === undefined ? undefined : bytes.get(host.pid);
        if (occupied === undefined || !measured.has(host)) continue;
        measured.set(host, occupied);
        if (occupied > host.memoryBytes) host.end('memory');
      }
    },
    async close() {
      const hosts = [...measured.keys()];
      for (const host of hosts) host.end('retired');
      await Promise.all(hosts.map((host) => host.ended));
    },
  };
}
