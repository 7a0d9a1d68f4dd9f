import { describe, expect, test } from 'vitest';
import { openSessionGroup } from '@/lib/workers/inference-host/session-group';
import type { ThreadedSession } from '@/lib/workers/inference-host/threaded-session';

const megabyte = 2 ** 20;

/** Sessions that are done when the test says so, and what was run in them: `threads:name`. */
function heldSessions() {
  const started: string[] = [];
  const opened: number[] = [];
  const ends = new Map<string, () => void>();
  let occupied = 100 * megabyte;
  return {
    started,
    opened,
    occupiedBytes: () => occupied,
    async open(threads: number): Promise<ThreadedSession> {
      opened.push(threads);
      occupied += 50 * megabyte;
      return {
        run(feeds) {
          const [name = ''] = Object.keys(feeds);
          started.push(`${threads}:${name}`);
          return new Promise((resolve) => {
            ends.set(name, () => resolve({ kind: 'ran', outputs: {}, milliseconds: 1 }));
          });
        },
      };
    },
    async finish(name: string) {
      ends.get(name)?.();
      await settle();
    },
  };
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

const feed = (name: string) => ({ [name]: { type: 'float32' as const, data: new Float32Array(0), dims: [0] } });

async function groupOf(sessions: ReturnType<typeof heldSessions>, threads: number, memoryBytes = 1024 * megabyte) {
  return openSessionGroup({ threads, memoryBytes, open: sessions.open, occupiedBytes: sessions.occupiedBytes });
}

describe('openSessionGroup', () => {
  test('one after another have all threads', async () => {
    const sessions = heldSessions();
    const group = await groupOf(sessions, 2);
    for (const name of ['a', 'b', 'c']) {
      const ran = group.run(feed(name));
      await sessions.finish(name);
      await ran;
    }
    expect(sessions.started).toEqual(['2:a', '2:b', '2:c']);
    expect(sessions.opened).toEqual([2]);
  });

  test('several at once share them and run side by side', async () => {
    const sessions = heldSessions();
    const group = await groupOf(sessions, 2);
    const runs = ['a', 'b', 'c', 'd'].map((name) => group.run(feed(name)));
    await settle();
    // The first came alone; the others wait for it.
    expect(sessions.started).toEqual(['2:a']);
    await sessions.finish('a');
    // While the sessions were being opened, or with them: two run, one waits.
    await sessions.finish('b');
    await settle();
    expect(sessions.started.slice(-2)).toEqual(['1:c', '1:d']);
    await sessions.finish('c');
    await sessions.finish('d');
    await Promise.all(runs);
    expect(sessions.opened).toEqual([2, 1, 1]);
    const last = group.run(feed('e'));
    await sessions.finish('e');
    await last;
    expect(sessions.started.at(-1)).toBe('2:e');
  });

  test('images take turns where memory is short', async () => {
    const sessions = heldSessions();
    const group = await groupOf(sessions, 2, 300 * megabyte);
    const runs = ['a', 'b', 'c'].map((name) => group.run(feed(name)));
    for (const name of ['a', 'b', 'c']) {
      await settle();
      await sessions.finish(name);
    }
    await Promise.all(runs);
    expect(sessions.started).toEqual(['2:a', '2:b', '2:c']);
    expect(sessions.opened).toEqual([2]);
  });

  test('with one thread there is one session', async () => {
    const sessions = heldSessions();
    const group = await groupOf(sessions, 1);
    const runs = ['a', 'b'].map((name) => group.run(feed(name)));
    await settle();
    await sessions.finish('a');
    await sessions.finish('b');
    await Promise.all(runs);
    expect(sessions.opened).toEqual([1]);
  });
});
