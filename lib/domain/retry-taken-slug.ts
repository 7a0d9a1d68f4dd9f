import { DomainError } from '@/lib/core/errors';
import { violatesUnique } from '@/lib/domain/violates-unique';

/** Others may take the slug between looking and writing; so many in a row is no accident any more. */
const maximumAttempts = 20;

/** The unique index of each noun's living slugs. */
const slugIndexes = { project: 'projects_slug', model: 'models_slug' } as const;

/**
 * Runs a transaction that looks for a free slug and writes it, again from its beginning while another request took the slug in
 * between. Throws `CONFLICT` after too many of them, and what else the transaction throws.
 */
export async function retryTakenSlug<T>(noun: keyof typeof slugIndexes, write: () => Promise<T>): Promise<T> {
  for (let attempt = 0; attempt < maximumAttempts; attempt++) {
    try {
      return await write();
    } catch (error) {
      if (!violatesUnique(error, slugIndexes[noun])) throw error;
    }
  }
  throw new DomainError('CONFLICT', `Many ${noun}s of this name are being created at once. Try again.`);
}
