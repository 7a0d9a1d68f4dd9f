import { redirect } from 'next/navigation';

/** There is one main job so far, so the front door leads to it. */
export default function HomePage() {
  redirect('/test');
}
