import { type Scope, type ScopeNoun, scopeNouns } from '@/lib/core/scopes';

/** What a key may do with one noun. */
export type Access = 'none' | 'read' | 'change';

/** What the nouns are to people. */
export const nounWords: Readonly<Record<ScopeNoun, string>> = {
  datasets: 'Datasets',
  projects: 'Projects',
  models: 'Models and their files',
  training: 'Training runs',
  deployments: 'Deployments',
  exports: 'Exports',
  inference: 'Predictions',
  jobs: 'Labelling jobs',
  activity: 'Activity',
  trash: 'Trash',
  billing: 'Billing',
  storage: 'Storage',
  account: 'Profile',
  keys: 'API keys',
};

/** The scopes of these choices. To change includes to read. */
export function scopesOf(choices: Readonly<Partial<Record<ScopeNoun, Access>>>): Scope[] {
  return scopeNouns.flatMap((noun): Scope[] => {
    const access = choices[noun] ?? 'none';
    if (access === 'none') return [];
    return [access === 'read' ? `${noun}:read` : noun];
  });
}

/** One scope in words: “Models and their files, read only”. */
export function scopeWords(scope: Scope): string {
  const noun = scopeNouns.find((name) => scope === name || scope === `${name}:read`);
  if (noun === undefined) return scope;
  return scope === noun ? nounWords[noun] : `${nounWords[noun]}, read only`;
}
