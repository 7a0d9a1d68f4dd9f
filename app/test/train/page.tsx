import type { Metadata } from 'next';
import { Suspense } from 'react';
import { TrainPage } from '@/components/train/train-page';

export const metadata: Metadata = { title: 'Train' };

export default function Page() {
  return (
    <Suspense>
      <TrainPage />
    </Suspense>
  );
}
