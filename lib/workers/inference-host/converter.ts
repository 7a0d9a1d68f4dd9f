import { withFileSource } from '@/lib/domain/models/with-file-source';
import { convertToRun } from '@/lib/engines/architecture/convert-to-run';

/** Large enough that messages cost nothing, small enough that few of them in flight do not count. */
const pieceBytes = 4 * 2 ** 20;

export type Converter = {
  /** The next piece of the ONNX file, or null after the last one. Rejects with the `Fault`s of reading and converting. */
  nextPiece(): Promise<Uint8Array | null>;
};

/** Converts a checkpoint, whole and once, and gives what it becomes in pieces: this process may write no file. */
export function createConverter(file: string): Converter {
  const onnx = withFileSource(file, convertToRun);
  // It is told with the first piece; until then nobody listens.
  onnx.catch(() => undefined);
  let offset = 0;
  return {
    async nextPiece() {
      const bytes = await onnx;
      if (offset >= bytes.length) return null;
      // A copy: a view would be sent with the whole buffer that it looks into.
      const piece = bytes.slice(offset, offset + pieceBytes);
      offset += piece.length;
      return piece;
    },
  };
}
