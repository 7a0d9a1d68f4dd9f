import { DomainError } from '@/lib/core/errors';
import { type OfficialWeights, officialWeights } from '@/lib/domain/catalogue/official-weights';
import type { Services } from '@/lib/domain/context';

/** The weights of this name, which may end in `.pt`. Throws `NOT_FOUND`. */
export function findWeights(name: string): OfficialWeights {
  const found = officialWeights.find((weights) => weights.name === name || weights.fileName === name);
  if (found !== undefined) return found;
  throw new DomainError(
    'NOT_FOUND',
    `The catalogue has no weights called “${name.slice(0, 64)}”. GET /api/catalogue lists the names, such as yolo11n-seg.`,
  );
}

/** Where their publisher keeps them. */
export function addressOf({ weightsSource }: Services, { fileName }: OfficialWeights): string {
  return `${weightsSource.baseUrl}/${fileName}`;
}
