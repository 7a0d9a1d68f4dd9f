import { redirect } from 'next/navigation';
import { currentSession } from '@/lib/http/page-session';

/** The front door leads home, and visitors to what works without an account. */
export default async function FrontDoor() {
  redirect((await currentSession()) === null ? '/test' : '/home');
}
