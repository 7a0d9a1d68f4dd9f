import Link from 'next/link';
import { PageHeader } from '@/components/frame/page-header';
import { buttonClass } from '@/components/ui/button';

export default function NotFound() {
  return (
    <>
      <PageHeader title="Not found" titleBelow />
      <main className="grid flex-1 place-content-center gap-3 p-6">
        <h1 className="font-semibold text-lg text-strong">There is no page here</h1>
        <p className="max-w-[420px] text-pretty text-body">
          The address may be old or mistyped, or what was here belongs to somebody else or lies in the trash.
        </p>
        <div className="flex gap-2">
          <Link href="/" className={buttonClass('primary', 'medium')}>
            Go to the start
          </Link>
          <Link href="/test" className={buttonClass('secondary', 'medium')}>
            Test a model
          </Link>
        </div>
      </main>
    </>
  );
}
