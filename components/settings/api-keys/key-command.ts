import { allows, type OfferedScope, type Scope } from '@/lib/core/scopes';

type KeyCommandFacts = {
  readonly key: string;
  readonly scopes: readonly Scope[];
  readonly offered: readonly OfferedScope[];
  readonly origin: string;
};

/** Tried first when a key may do everything: what a newcomer has, or will have soonest. */
const preferred = 'projects';

/** A command that shows at once that the key works, with something it may read; null when it may read no list. */
export function keyCommand({ key, scopes, offered, origin }: KeyCommandFacts): string | null {
  const readable = offered.filter(({ noun, examplePath }) => examplePath !== null && allows(scopes, `${noun}:read`));
  const chosen = readable.find(({ noun }) => noun === preferred) ?? readable[0];
  if (chosen === undefined) return null;
  return `curl ${origin}${chosen.examplePath} \\\n  -H "Authorization: Bearer ${key}"`;
}
