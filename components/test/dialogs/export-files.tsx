'use client';

import { Download } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { type ExportSubject, useExportSubject } from '@/components/test/dialogs/use-export-subject';
import { useTest } from '@/components/test/session/session-context';
import { annotatedImage } from '@/components/test/take-away/annotated-image';
import { downloadBlob } from '@/components/test/take-away/download-blob';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { Select } from '@/components/ui/select';
import type { DialectName } from '@/lib/engines/vision/dialects/dialect';
import { dialects } from '@/lib/engines/vision/dialects/dialect-registry';
import { dialectsFor } from '@/lib/engines/vision/dialects/dialect-tasks';
import { serialiseDocument } from '@/lib/engines/vision/dialects/serialise-document';
import { cocoCovers, cocoJson } from '@/lib/engines/vision/exports/coco-json';
import { fileStems, modelNameOf } from '@/lib/engines/vision/exports/file-stems';
import { predictionsCsv } from '@/lib/engines/vision/exports/predictions-csv';
import { yoloTxt } from '@/lib/engines/vision/exports/yolo-txt';

/** The files of the image on the stage, each to save or to copy. */
export function ExportFiles() {
  const subject = useExportSubject();
  const [dialect, setDialect] = useState<DialectName>('ultralytics');
  if (!subject) return <p className="text-muted text-xs">There is no result on the stage.</p>;

  const { result, imageName } = subject;
  const stem = fileStems([imageName])[0] ?? 'image';
  const available = dialectsFor(result.task);
  const chosen = available.includes(dialect) ? dialect : 'ultralytics';
  const item = { imageName, result };
  const hasLabels = result.task !== 'semantic' && result.task !== 'depth';
  return (
    <ul className="grid divide-y">
      <AnnotatedRow subject={subject} stem={stem} />
      <TextRow
        title="JSON"
        note={
          <Select
            label="JSON format"
            value={chosen}
            options={available.map((name) => ({ value: name, label: dialects[name].title }))}
            onChange={setDialect}
          />
        }
        fileName={`${stem}.${chosen}.json`}
        type="application/json"
        text={() =>
          serialiseDocument(
            dialects[chosen].document(result, { imageName, modelName: modelNameOf(subject.modelFileName) }),
          )
        }
      />
      {hasLabels && (
        <TextRow
          title="YOLO labels"
          note="One line per object, fractions of the image"
          fileName={`${stem}.txt`}
          type="text/plain"
          text={() => yoloTxt(result)}
        />
      )}
      {cocoCovers(result.task) && (
        <TextRow
          title="COCO"
          note="Annotations with scores, as JSON"
          fileName={`${stem}.coco.json`}
          type="application/json"
          text={() => serialiseDocument(cocoJson([item]))}
        />
      )}
      <TextRow
        title="CSV"
        note="One row per prediction"
        fileName={`${stem}.csv`}
        type="text/csv"
        text={() => predictionsCsv([item])}
      />
    </ul>
  );
}

function AnnotatedRow({ subject, stem }: { readonly subject: ExportSubject; readonly stem: string }) {
  const maskOpacity = useTest((state) => state.maskOpacity);
  const hiddenClasses = useTest((state) => state.hiddenClasses);
  const classColours = useTest((state) => state.classColours);
  const { bitmap, result } = subject;
  const { width, height } = result.image;
  return (
    <Row title="Annotated image" note={`PNG, ${width} × ${height}`}>
      <Button
        size="small"
        aria-label="Save the annotated image"
        disabled={!bitmap}
        onClick={async () => {
          if (!bitmap) return;
          const png = await annotatedImage(bitmap, result, { maskOpacity, hiddenClasses, classColours });
          downloadBlob(png, `${stem}.png`);
        }}
      >
        <Download size={13} aria-hidden />
        Save
      </Button>
    </Row>
  );
}

type TextRowProps = {
  readonly title: string;
  readonly note: ReactNode;
  readonly fileName: string;
  readonly type: string;
  readonly text: () => string;
};

function TextRow({ title, note, fileName, type, text }: TextRowProps) {
  return (
    <Row title={title} note={note}>
      <CopyButton text={text} label={`Copy ${title}`} />
      <Button
        size="small"
        aria-label={`Save ${title}`}
        data-tip={fileName}
        onClick={() => downloadBlob(new Blob([text()], { type }), fileName)}
      >
        <Download size={13} aria-hidden />
        Save
      </Button>
    </Row>
  );
}

function Row({
  title,
  note,
  children,
}: {
  readonly title: string;
  readonly note: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <li className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 py-1.5 text-xs">
      <span className="w-28 shrink-0 font-medium text-strong">{title}</span>
      <span className="min-w-0 flex-1 truncate text-muted">{note}</span>
      <span className="flex items-center gap-1">{children}</span>
    </li>
  );
}
