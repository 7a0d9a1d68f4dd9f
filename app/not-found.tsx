import Link from 'next/link';
import { buttonClass } from '@/components/ui/button';

export default function NotFound() {
  return (
    <main className="grid h-full place-content-center gap-3 p-6">
      <h1 className="font-semibold text-lg text-strong">There is no page here</h1>
      <p className="max-w-[420px] text-body">The address may be old or mistyped. Testing a model is at /test.</p>
      <Link href="/test" className={buttonClass('primary', 'medium', 'justify-self-start')}>
        Go to Test
      </Link>
    </main>
  );
}
