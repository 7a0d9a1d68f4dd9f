type RecoveryFileFacts = {
  readonly codes: readonly string[];
  readonly username: string;
  /** Of the server the codes are for. */
  readonly origin: string;
};

/** The recovery codes as a text file that still says in a year what it is. */
export function recoveryFile({ codes, username, origin }: RecoveryFileFacts): string {
  return [
    `Recovery codes of ${username} at Sightline, ${origin}`,
    'Each works once, in the place of a code from the authenticator.',
    '',
    ...codes,
    '',
  ].join('\n');
}
