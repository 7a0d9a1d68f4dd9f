import type { Writable } from 'node:stream';

/** The reader of our output went away (EPIPE): there is nobody left to work for. */
export class OutputClosed extends Error {
  constructor() {
    super('The output was closed.');
    this.name = 'OutputClosed';
  }
}

export type Output = {
  /** Signs in a line of the terminal; null where the output is none. */
  readonly columns: number | null;
  /** Resolves when the text was taken over, so that a slow reader slows us down. Rejects with `OutputClosed`. */
  write(text: string): Promise<void>;
  /** The text as exactly one line. */
  writeLine(text: string): Promise<void>;
};

/** Wraps a stream of the process. Its errors reject the next write instead of ending the process with a stack. */
export function createOutput(stream: Writable): Output {
  let closed = false;
  stream.on('error', () => {
    closed = true;
  });

  function write(text: string): Promise<void> {
    return new Promise((resolve, reject) => {
      if (closed) {
        reject(new OutputClosed());
        return;
      }
      stream.write(text, (error) => {
        if (!error) resolve();
        else reject(isClosed(error) ? new OutputClosed() : error);
      });
    });
  }

  return {
    columns: 'columns' in stream && typeof stream.columns === 'number' ? stream.columns : null,
    write,
    writeLine: (text) => write(`${text.replace(/\s*\n\s*/g, ' ').trimEnd()}\n`),
  };
}

function isClosed(error: Error): boolean {
  return 'code' in error && (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED');
}
