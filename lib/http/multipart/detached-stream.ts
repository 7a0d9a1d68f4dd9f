import { Readable } from 'node:stream';

/**
 * A stream with the bytes of `source` that may be destroyed, or left unread and then destroyed, without stopping it: the rest
 * is skipped, so that what follows in the same body still arrives. An error of `source` destroys it.
 */
export function detachedStream(source: Readable): Readable {
  const stream = new Readable({
    read: () => void source.resume(),
    destroy(error, callback) {
      source.resume();
      callback(error);
    },
  });
  // Whoever reads the stream sees its error; where nobody reads it any more, nobody wants to know.
  stream.on('error', () => undefined);
  source.on('data', (chunk: Buffer) => {
    if (!stream.destroyed && !stream.push(chunk)) source.pause();
  });
  source.on('end', () => {
    if (!stream.destroyed) stream.push(null);
  });
  source.on('error', (error) => stream.destroy(error));
  source.on('close', () => {
    if (!source.readableEnded) stream.destroy(new Error('The file was cut off.'));
  });
  source.pause();
  return stream;
}
