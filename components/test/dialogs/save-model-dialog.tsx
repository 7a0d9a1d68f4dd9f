'use client';

import { Download } from 'lucide-react';
import { useState } from 'react';
import { defaultChoice } from '@/components/test/dialogs/conversion-choice';
import { ConversionFields } from '@/components/test/dialogs/conversion-fields';
import { useSaveModel } from '@/components/test/dialogs/use-save-model';
import { conversionWords } from '@/components/test/panels/conversion-progress';
import { type ReadyModel, readingOf } from '@/components/test/session/test-state';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { FaultNote } from '@/components/ui/fault-note';
import { formatBytes } from '@/components/ui/format';
import { Segmented } from '@/components/ui/segmented';

const formats = [
  { value: 'onnx', label: 'ONNX' },
  { value: 'safetensors', label: 'safetensors' },
] as const;

type Format = (typeof formats)[number]['value'];

type SaveModelDialogProps = {
  readonly modelKey: string;
  readonly name: string;
  readonly model: ReadyModel;
  readonly onClose: () => void;
};

/** Saves a checkpoint in a format that other programs run. */
export function SaveModelDialog({ modelKey, name, model, onClose }: SaveModelDialogProps) {
  const { spec } = readingOf(model);
  const isEndToEnd = model.identity.facts.rawMetadata.end2end === 'True';
  const [format, setFormat] = useState<Format>('onnx');
  const [choice, setChoice] = useState(() => defaultChoice(spec.input.size, isEndToEnd));
  const { save, cancel, progress, fault, saved } = useSaveModel(modelKey, name);
  return (
    <Dialog title="Save as" onClose={onClose} className="w-[min(440px,calc(100vw-24px))]">
      <form
        aria-label="How to save the model"
        className="grid gap-3 overflow-y-auto p-4 text-xs"
        onSubmit={(event) => {
          event.preventDefault();
          void save(format === 'onnx' ? { format, choice, isEndToEnd } : { format });
        }}
      >
        <div className="flex items-center justify-between gap-3">
          Format
          <Segmented label="Format" value={format} options={formats} onChange={setFormat} />
        </div>
        {format === 'onnx' ? (
          <ConversionFields spec={spec} isEndToEnd={isEndToEnd} choice={choice} onChange={setChoice} />
        ) : (
          <p className="text-muted">
            The weights alone, by PyTorch’s names and in the type they have, for programs that bring the network
            themselves.
          </p>
        )}
        {fault && <FaultNote {...fault} />}
        <div className="flex min-h-7 flex-wrap items-center justify-end gap-3 border-t pt-3">
          {progress && (
            <>
              <progress aria-label="Conversion" className="progress h-1 min-w-16 flex-1" value={progress.share} />
              <span className="text-muted">{conversionWords(progress)}</span>
              <Button onClick={cancel}>Cancel</Button>
            </>
          )}
          {!progress && saved && (
            <span role="status" className="min-w-0 flex-1 break-words text-body">
              {saved.fileName}, {formatBytes(saved.sizeBytes)}, is among your downloads.
            </span>
          )}
          {!progress && (
            <Button type="submit" variant="primary">
              <Download size={14} aria-hidden />
              Save
            </Button>
          )}
        </div>
      </form>
    </Dialog>
  );
}
