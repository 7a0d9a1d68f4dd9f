import { spawnSync } from 'node:child_process';
import { userInfo } from 'node:os';

/** The account PostgreSQL runs as where Sightline itself runs as root, which PostgreSQL refuses. */
export type SystemAccount = { readonly name: string; readonly uid: number; readonly gid: number };

const accountName = 'postgres';

/**
 * The account for the database's process: null for an ordinary user, who runs it as themselves. As root it is the system's
 * `postgres`, made when there is none. Throws when it cannot be made.
 */
export function databaseAccount(): SystemAccount | null {
  if (userInfo().uid !== 0) return null;
  const found = findAccount() ?? makeAccount();
  if (found !== null) return found;
  throw new Error(
    `PostgreSQL does not run as root, and the account “${accountName}” could not be made for it. Make it (useradd --system ${accountName}), start Sightline as an ordinary user, or set DATABASE_URL to a PostgreSQL server.`,
  );
}

/** Whether a command of the shell succeeds as this account: root's own rights say nothing about another's. */
export function accountCan(account: SystemAccount, test: string, path: string): boolean {
  const { uid, gid } = account;
  return spawnSync('/bin/sh', ['-c', `${test} "$1"`, 'sh', path], { uid, gid, cwd: '/', stdio: 'ignore' }).status === 0;
}

function findAccount(): SystemAccount | null {
  const [uid, gid] = ['-u', '-g'].map((option) => {
    const { status, stdout } = spawnSync('id', [option, accountName], { encoding: 'utf8' });
    return status === 0 ? Number.parseInt(stdout, 10) : Number.NaN;
  });
  if (uid === undefined || gid === undefined || !(uid > 0) || Number.isNaN(gid)) return null;
  return { name: accountName, uid, gid };
}

function makeAccount(): SystemAccount | null {
  spawnSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/bin/false', accountName]);
  return findAccount();
}
