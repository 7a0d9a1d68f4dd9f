import type { ConversionProgress } from '@/lib/browser/vision-protocol';

/** Where the conversion of a checkpoint stands, as a bar; the row above says it in words. */
export function ConversionBar({ progress }: { readonly progress: ConversionProgress }) {
  return (
    <progress
      aria-label={conversionWords(progress)}
      className="progress mx-2 mb-1.5 block h-1 w-[calc(100%-16px)]"
      value={progress.share}
    />
  );
}

export function conversionWords({ step, share }: ConversionProgress): string {
  switch (step) {
    case 'building':
      return 'Building the network…';
    case 'weights':
      return `Reading weights, ${Math.floor(share * 100)} %`;
    case 'writing':
      return 'Writing the model…';
  }
}
