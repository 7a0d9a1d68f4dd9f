import { hash, verify } from '@node-rs/argon2';

/** The library's number for argon2id: it names it only in types, which do not exist when the program runs. */
const argon2id = 2;

/** The parameters OWASP recommends for argon2id: 19 MiB, two passes, one lane; about 70 ms of one core. */
const parameters = { algorithm: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** What a password is compared with when there is no account: nobody's, so that an unknown e-mail takes as long as a known one. */
let nobodysHash: Promise<string> | null = null;

/** The argon2id hash of a password, in the usual `$argon2id$…` form. */
export function hashPassword(password: string): Promise<string> {
  return hash(normalised(password), parameters);
}

/** Whether the password is the account's. Without a hash (no such account, or one without a password) it is not, after as long. */
export async function passwordMatches(passwordHash: string | null, password: string): Promise<boolean> {
  nobodysHash ??= hashPassword(crypto.randomUUID());
  const matches = await verify(passwordHash ?? (await nobodysHash), normalised(password));
  return matches && passwordHash !== null;
}

/** Keyboards write the same letter in several ways (ä as one character or as two); the form decides nothing. */
function normalised(password: string): string {
  return password.normalize('NFKC');
}
