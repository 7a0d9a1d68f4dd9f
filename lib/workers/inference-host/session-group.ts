import { sessionCount } from '@/lib/platform/inference/session-count';
import type { ThreadReply } from '@/lib/workers/inference-host/session-messages';
import type { ThreadedSession } from '@/lib/workers/inference-host/threaded-session';

type Feeds = Parameters<ThreadedSession['run']>[0];
type Ran = Extract<ThreadReply, { kind: 'ran' }>;

type Job = { readonly feeds: Feeds; readonly resolve: (reply: Ran) => void; readonly reject: (error: unknown) => void };

type Member = { readonly session: ThreadedSession; isBusy: boolean };

/** The part of a host's memory that its sessions may be expected to fill; the rest is for images and answers. */
const memoryShare = 0.6;

export type SessionGroupOptions = {
  readonly threads: number;
  /** Most bytes that this process may occupy. */
  readonly memoryBytes: number;
  /** Opens one more session of the same model. */
  readonly open: (threads: number) => Promise<ThreadedSession>;
  /** Bytes that this process occupies now. */
  readonly occupiedBytes: () => number;
};

/**
 * One session with all threads, for whoever comes alone; and, opened when several first wait at once, sessions that share the
 * threads and run side by side. Where memory is too short for them, images take turns. Rejects as `open` does.
 */
export async function openSessionGroup(options: SessionGroupOptions): Promise<ThreadedSession> {
  const { threads, memoryBytes, open, occupiedBytes } = options;
  const bytesBefore = occupiedBytes();
  const whole: Member = { session: await open(threads), isBusy: false };
  const count = sessionCount(threads);
  const waiting: Job[] = [];
  let crowd: readonly Member[] = [];
  let isOpening = count < 2;

  function pump(): void {
    for (let member = nextMember(); member !== null; member = nextMember()) {
      const job = waiting.shift();
      if (job === undefined) return;
      member.isBusy = true;
      void run(member, job);
    }
  }

  /** Who takes the next job; null while it has to wait, or when there is none. */
  function nextMember(): Member | null {
    if (waiting.length === 0 || whole.isBusy) return null;
    const busy = crowd.filter(({ isBusy }) => isBusy).length;
    const isCrowded = waiting.length + busy > 1;
    if (isCrowded) void openCrowd();
    if (isCrowded && crowd.length > 0) return crowd.find(({ isBusy }) => !isBusy) ?? null;
    return busy === 0 ? whole : null;
  }

  async function run(member: Member, { feeds, resolve, reject }: Job): Promise<void> {
    await member.session.run(feeds).then(resolve, reject);
    member.isBusy = false;
    pump();
  }

  async function openCrowd(): Promise<void> {
    if (isOpening) return;
    isOpening = true;
    const bytesOfOne = occupiedBytes() - bytesBefore;
    if (bytesBefore + bytesOfOne * (1 + count) > memoryBytes * memoryShare) return;
    const each = Math.max(1, Math.floor(threads / count));
    const sessions = await Promise.all(Array.from({ length: count }, () => open(each))).catch(() => []);
    crowd = sessions.map((session) => ({ session, isBusy: false }));
    pump();
  }

  return {
    run: (feeds) =>
      new Promise((resolve, reject) => {
        waiting.push({ feeds, resolve, reject });
        pump();
      }),
  };
}
