'use client';

import { useState } from 'react';
import { useExportSubject } from '@/components/test/dialogs/use-export-subject';
import { useTest } from '@/components/test/session/session-context';
import { CopyButton } from '@/components/ui/copy-button';
import { Tabs } from '@/components/ui/tabs';
import { type CodeSnippet, codeSnippets } from '@/lib/engines/vision/exports/code-snippets';

/** The same prediction elsewhere: with the settings of now. */
export function CodePanel() {
  const subject = useExportSubject();
  const thresholds = useTest((state) => state.thresholds);
  const imgsz = useTest((state) => state.imgsz);
  const [language, setLanguage] = useState<CodeSnippet['language']>('cli');
  if (!subject) return <p className="text-muted text-xs">There is no result on the stage.</p>;

  const { size } = subject.run.spec.input;
  const snippets = codeSnippets({
    modelFileName: subject.modelFileName,
    imageName: subject.imageName,
    thresholds,
    imgsz: size.kind === 'dynamic' && imgsz !== null ? imgsz : Math.max(size.width, size.height),
    dialect: 'ultralytics',
  });
  const snippet = snippets.find((candidate) => candidate.language === language);
  return (
    <div className="-m-4">
      <Tabs
        label="Language"
        tabs={snippets.map(({ language: id, title }) => ({ id, label: title }))}
        selected={language}
        onSelect={setLanguage}
      />
      {snippet && (
        <div className="relative">
          <pre className="overflow-x-auto p-4 pr-12 font-mono text-body text-xs">{snippet.code}</pre>
          <div className="absolute top-3 right-3">
            <CopyButton text={snippet.code} label={`Copy the ${snippet.title} code`} />
          </div>
        </div>
      )}
    </div>
  );
}
