import type { Metadata } from 'next';
import { TestPage } from '@/components/test/test-page';

export const metadata: Metadata = { title: 'Test' };

export default function Page() {
  return <TestPage />;
}
