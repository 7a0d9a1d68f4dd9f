/** The nouns an API key may be limited to. `noun:read` reads, `noun` reads and changes. */
export const scopeNouns = [
  'datasets',
  'projects',
  'models',
  'training',
  'deployments',
  'exports',
  'inference',
  'jobs',
  'activity',
  'trash',
  'billing',
  'storage',
  'account',
  'keys',
] as const;

export type ScopeNoun = (typeof scopeNouns)[number];
export type Scope = ScopeNoun | `${ScopeNoun}:read`;

/** Every scope there is, for schemas. */
export const scopes: readonly Scope[] = scopeNouns.flatMap((noun): Scope[] => [noun, `${noun}:read`]);

/** Whether a key with `granted` scopes may do what `needed` names. A key without any scope may do everything. */
export function allows(granted: readonly string[], needed: Scope): boolean {
  if (granted.length === 0 || granted.includes(needed)) return true;
  const noun = needed.endsWith(':read') ? needed.slice(0, -':read'.length) : needed;
  return granted.includes(noun);
}

/** What a key can be limited to, as far as there are operations that ask for it. */
export type OfferedScope = {
  readonly noun: ScopeNoun;
  /** Whether some operation only reads, and whether some changes. */
  readonly reads: boolean;
  readonly changes: boolean;
  /** A list that a key with this scope can read at once; null when there is none. */
  readonly examplePath: string | null;
};
