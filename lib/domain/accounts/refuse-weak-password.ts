import { invalidInput } from '@/lib/core/errors';

/** The commonest passwords of eight characters and more in published leaks: the first that every attacker tries. */
const commonPasswords: ReadonlySet<string> = new Set(
  `password password1 password12 password123 password1234 password! passw0rd p@ssw0rd p@ssword pa$$word passwort
  passwort1 contraseña motdepasse 12345678 123456789 1234567890 123456789a a123456789 12345678910 123123123 1234512345
  11111111 111111111 1111111111 00000000 000000000 0000000000 22222222 55555555 66666666 77777777 88888888 99999999
  87654321 987654321 9876543210 0987654321 123454321 1122334455 12344321 11223344 12121212 69696969 01234567
  0123456789 147258369 123698745 159753456 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y q1w2e3r4 q1w2e3r4t5 1qaz2wsx 1qazxsw2
  qazwsxedc zaq12wsx zaq1zaq1 qwertyui qwertyuiop qwerty12 qwerty123 qwerty1234 qwerty12345 qwerty123456 1234qwer
  123qweasd 123qwe123 qweasdzxc asdfghjk asdfghjkl zxcvbnm1 zxcvbnm123 azertyuiop abcd1234 abcdefgh abcdefg1 abc12345
  abc123456 a1234567 a12345678 aa123456 aa12345678 iloveyou iloveyou1 iloveyou2 ilovegod sunshine sunshine1 princess
  princess1 football football1 baseball baseball1 basketball superman superman1 spiderman starwars pokemon1 dragon123
  monkey123 michael1 jennifer jordan23 charlie1 jessica1 michelle samantha liverpool liverpool1 chelsea1 arsenal1
  barcelona whatever trustno1 letmein1 letmein123 welcome1 welcome123 welcome12 changeme changeme1 changeme123
  admin123 admin1234 administrator adminadmin rootroot testtest test1234 test12345 testing123 user1234 guest123
  secret123 computer internet samsung1 google123 master123 mustang1 corvette mercedes maverick`.split(/\s+/),
);

/**
 * Refuses a password that is the account's own name or that everybody tries first. Throws `VALIDATION_ERROR` at `path`.
 * Composition rules (a digit, a capital) are left out on purpose: they make passwords worse.
 */
export function refuseWeakPassword(password: string, path: string, names: readonly string[]): void {
  const plain = password.normalize('NFKC').toLowerCase();
  if (names.some((name) => name.toLowerCase() === plain)) {
    throw invalidInput([{ path, message: 'may not be the e-mail address or the user name' }]);
  }
  if (commonPasswords.has(plain) || new Set(plain).size === 1) {
    throw invalidInput([{ path, message: 'is among the passwords that are guessed first; choose another one' }]);
  }
}
