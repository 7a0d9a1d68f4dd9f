import { type ChildProcess, spawn } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { Fault } from '@/lib/core/fault';
import type { HostAnswers, HostReply, HostRequest, HostTask } from '@/lib/platform/inference/inference-messages';

/**
 * How much of the data segment may be claimed, beyond what may be occupied: ONNX Runtime's arena grows by doubling, and the
 * program, its libraries and the stacks of its threads claim some 200 MB before a model is loaded.
 */
const claimedShare = 2;
const ownDataBytes = 512 * 2 ** 20;

/** JavaScript keeps documents and little else; tensors and pixels are outside its heap. */
const heapShare = 0.5;

/** As much of a host's last words as goes into a log. */
const keptOutputLength = 4_096;

/** Why a host is gone: ended by us, or by itself. */
export type EndReason = 'retired' | 'deadline' | 'memory' | 'crash';

/** Rejects the tasks of a host that ended before it answered them. */
export class HostEnded extends Error {
  readonly reason: EndReason;

  constructor(reason: EndReason, detail: string) {
    super(`The inference host ended (${reason}): ${detail}`);
    this.name = 'HostEnded';
    this.reason = reason;
  }
}

export type HostProcess = {
  /** Undefined when the process could not even be started. */
  readonly pid: number | undefined;
  /** Most bytes it may occupy. */
  readonly memoryBytes: number;
  /** Rejects with the task's `Fault`, with `HostEnded`, or with an `Error` for a defect of the host. */
  run<K extends HostTask['kind']>(task: Extract<HostTask, { kind: K }>): Promise<HostAnswers[K]>;
  /** Ends it at once, whatever it does. */
  end(reason: EndReason): void;
  /** True from then on. */
  readonly isEnding: boolean;
  /** Resolves when the process is gone and every task is settled. */
  readonly ended: Promise<HostEnded>;
};

export type HostSettings = {
  /** JavaScript of the host, as `hostProgram` gives it. */
  readonly program: string;
  readonly projectFolder: string;
  /** The one file besides the libraries that it may read. */
  readonly readableFile: string;
  readonly memoryBytes: number;
};

type Pending = {
  readonly resolve: (answer: HostAnswers[HostTask['kind']]) => void;
  readonly reject: (error: Error) => void;
};

/**
 * Starts a child process for foreign bytes. It gets its program through a pipe, an empty environment, no right to write files,
 * to start programs or to read more than it must (Node's permission model; native code is bound by the limits only), and, where
 * there is a shell, limits of the system: data far beyond `memoryBytes` cannot be allocated, no core is dumped, and when the machine
 * runs out of memory it goes first.
 */
export function startHost(settings: HostSettings): HostProcess {
  const child = launch(settings);
  const pending = new Map<number, Pending>();
  const output = lastOutput([child.stdout, child.stderr]);
  let ownReason: EndReason | null = null;
  let gone: HostEnded | null = null;
  let lastId = 0;

  child.on('message', (reply: HostReply) => {
    const task = pending.get(reply.id);
    pending.delete(reply.id);
    if (task !== undefined) settle(task, reply);
  });

  const ended = new Promise<HostEnded>((resolve) => {
    function finish(detail: string): void {
      if (gone !== null) return;
      const words = output().trim();
      gone = new HostEnded(ownReason ?? reasonOf(words), words === '' ? detail : `${detail}: ${words}`);
      for (const task of pending.values()) task.reject(gone);
      pending.clear();
      resolve(gone);
    }
    child.on('close', (code, signal) => finish(signal === null ? `exit status ${code}` : `signal ${signal}`));
    child.on('error', (error) => finish(error.message));
  });

  return {
    pid: child.pid,
    memoryBytes: settings.memoryBytes,
    run(task) {
      return new Promise((resolve, reject) => {
        if (gone !== null) return reject(gone);
        lastId += 1;
        // A host answers a task with the answer of its kind, or the protocol in inference-messages.ts is broken.
        pending.set(lastId, { resolve: resolve as Pending['resolve'], reject });
        const request: HostRequest = { id: lastId, task };
        // A host that is gone tells so by its end, which settles all its tasks.
        child.send(request, () => undefined);
      });
    },
    end(reason) {
      ownReason ??= reason;
      child.kill('SIGKILL');
    },
    get isEnding() {
      return ownReason !== null;
    },
    ended,
  };
}

function settle({ resolve, reject }: Pending, reply: HostReply): void {
  switch (reply.kind) {
    case 'done':
      resolve(reply.answer);
      return;
    case 'fault':
      reject(new Fault(reply.fault));
      return;
    case 'defect':
      reject(new Error(`The inference host failed: ${reply.stack}`));
  }
}

/** V8 and ONNX Runtime say so before they give up for want of memory. */
function reasonOf(words: string): EndReason {
  return /out of memory|bad_alloc|allocation failed/i.test(words) ? 'memory' : 'crash';
}

function launch({ program, projectFolder, readableFile, memoryBytes }: HostSettings): ChildProcess {
  const heapMegabytes = Math.floor((memoryBytes * heapShare) / 2 ** 20);
  const node = [
    process.execPath,
    '--no-warnings',
    `--max-old-space-size=${heapMegabytes}`,
    ...permissions(projectFolder, readableFile),
    '--input-type=module',
    '-',
  ];
  const [command = '', ...words] =
    process.platform === 'win32' ? node : ['/bin/sh', '-c', limits(memoryBytes), 'sh', ...node];
  const child = spawn(/* turbopackIgnore: true */ command, words, {
    cwd: projectFolder,
    // Two arenas keep freed memory together: with one per thread a host grows by a third.
    env: { NODE_ENV: 'production', MALLOC_ARENA_MAX: '2' },
    stdio: ['pipe', 'pipe', 'pipe', 'ipc'],
    serialization: 'advanced',
  });
  // A child that dies while it still reads its program is told of by its end.
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(program);
  return child;
}

/** What cannot be set (a lower hard limit, another system) is left out. */
function limits(memoryBytes: number): string {
  const kilobytes = Math.floor((memoryBytes * claimedShare + ownDataBytes) / 1024);
  return `{ echo 900 > /proc/self/oom_score_adj; ulimit -c 0; ulimit -d ${kilobytes}; } 2>/dev/null; exec "$@"`;
}

function permissions(projectFolder: string, readableFile: string): string[] {
  const isStable = process.allowedNodeEnvironmentFlags.has('--permission');
  const libraries = join(projectFolder, 'node_modules');
  const readable = new Set([
    `${libraries}/*`,
    `${realPath(libraries)}/*`,
    join(projectFolder, 'package.json'),
    readableFile,
    realPath(readableFile),
  ]);
  return [
    isStable ? '--permission' : '--experimental-permission',
    '--allow-addons',
    '--allow-worker',
    ...[...readable].map((path) => `--allow-fs-read=${path}`),
  ];
}

/** Where a path leads; what does not exist is reported by the host, which fails to read it. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** Reads the streams on, so that the host never waits for a reader, and keeps the end of what they said. */
function lastOutput(streams: readonly (Readable | null)[]): () => string {
  let kept = '';
  for (const stream of streams) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      kept = (kept + text).slice(-keptOutputLength);
    });
  }
  return () => kept;
}
