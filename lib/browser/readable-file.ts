import { Fault } from '@/lib/core/fault';

/**
 * What reading a file gives. A file dropped earlier may be gone or changed on disk by the time it is read again: that is told as the
 * fault `file-not-found`.
 */
export async function readable<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof DOMException && (error.name === 'NotReadableError' || error.name === 'NotFoundError')) {
      throw new Fault(
        {
          code: 'file-not-found',
          found: 'The model file can no longer be read: it was moved, changed or removed since it was dropped.',
          remedy: 'Drop the model again.',
        },
        { cause: error },
      );
    }
    throw error;
  }
}
