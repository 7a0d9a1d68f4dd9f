import { type OfferedScope, scopeNouns } from '@/lib/core/scopes';
import type { Operation } from '@/lib/http/operation';

/** The scopes that these operations ask for, noun by noun. */
export function offeredScopes(operations: readonly Operation[]): readonly OfferedScope[] {
  return scopeNouns
    .map((noun) => {
      const reading = operations.filter(({ scope }) => scope === `${noun}:read`);
      const example = reading.find(({ method, path, surface }) => {
        return method === 'GET' && surface === 'platform' && !path.includes('{');
      });
      return {
        noun,
        reads: reading.length > 0,
        changes: operations.some(({ scope }) => scope === noun),
        examplePath: example?.path ?? null,
      };
    })
    .filter(({ reads, changes }) => reads || changes);
}
