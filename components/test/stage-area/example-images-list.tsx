'use client';

import { useQuery } from '@tanstack/react-query';
import { exampleImages } from '@/components/test/example-images';
import { useTestActions } from '@/components/test/session/session-context';

/** The examples of the project, one click away. They come from this page's own server and are kept for work offline. */
export function ExampleImages() {
  const { addImages, reportInput } = useTestActions();
  const { data, refetch } = useQuery({ queryKey: ['example-images'], queryFn: fetchExamples, enabled: false });

  async function add(fileName: string): Promise<void> {
    const blobs = data ?? (await refetch()).data;
    const blob = blobs?.get(fileName);
    if (blob) {
      addImages([{ name: fileName, blob }]);
      return;
    }
    reportInput({
      code: 'url-unreachable',
      found: `The example ${fileName} could not be read from this page's server.`,
      remedy: 'Check that the server is running, or drop an image of your own.',
    });
  }

  return (
    <ul className="grid grid-cols-2 gap-2">
      {exampleImages.map(({ fileName, url, content, alt }) => (
        <li key={fileName}>
          <button
            type="button"
            onClick={() => void add(fileName)}
            className="group grid w-full gap-1 rounded-control text-left"
            aria-label={`Use ${fileName}: ${alt}`}
          >
            <span
              aria-hidden
              className="block aspect-[16/10] w-full rounded-control border border-canvas-line bg-center bg-cover group-hover:border-canvas-muted"
              style={{ backgroundImage: `url("${url}")` }}
            />
            <span className="text-2xs">
              <span className="font-mono text-canvas-text">{fileName}</span> {content}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

async function fetchExamples(): Promise<ReadonlyMap<string, Blob>> {
  const blobs = await Promise.all(
    exampleImages.map(async ({ fileName, url }) => {
      const response = await fetch(url);
      if (!response.ok) throw new Error(`${url} answered ${response.status}`);
      return [fileName, await response.blob()] as const;
    }),
  );
  return new Map(blobs);
}
