import { localPath } from '@/lib/core/local-path';

/** Pages about signing in, and the front door: nobody wants to come back to them. */
const notToReturnTo = /^\/(sign-in|sign-up|forgot-password|reset-password)?([?#]|$)/;

/** Where somebody signs in who looks at `path`, and is led back to it afterwards. */
export function signInPath(path: string | null): string {
  const next = localPath(path);
  return next === null || notToReturnTo.test(next) ? '/sign-in' : `/sign-in?next=${encodeURIComponent(next)}`;
}
