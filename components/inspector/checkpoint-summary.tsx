import { ShieldAlert, ShieldCheck } from 'lucide-react';
import {
  architectureName,
  dayOf,
  imageSizeWords,
  verdictSentence,
  weightType,
} from '@/components/inspector/checkpoint-words';
import { type Fact, FactList } from '@/components/inspector/fact-list';
import { GlobalVerdictMark } from '@/components/inspector/global-verdict';
import { FaultNote } from '@/components/ui/fault-note';
import { formatBytes, formatCount } from '@/components/ui/format';
import type { CheckpointContents } from '@/lib/engines/model-files/checkpoint/describe-contents';
import type { CheckpointReport } from '@/lib/engines/model-files/checkpoint/inspect-checkpoint';

/** The findings at a glance: whether it is refused, what it would have done, what it is. */
export function CheckpointSummary({ report }: { readonly report: CheckpointReport }) {
  const { refusal, contents, globals } = report;
  const dangerous = globals.filter(({ verdict }) => verdict === 'dangerous');
  const Shield = dangerous.length > 0 ? ShieldAlert : ShieldCheck;
  return (
    <div className="grid content-start gap-4 overflow-y-auto p-4">
      <p className="flex items-center gap-2 text-xs">
        <Shield size={16} aria-hidden className={dangerous.length > 0 ? 'text-bad' : 'text-good'} />
        <span>
          <span className="font-medium text-strong">Nothing in this file was executed.</span> {verdictSentence(globals)}
          .
        </span>
      </p>
      {refusal && <FaultNote {...refusal} />}
      {dangerous.length > 0 && (
        <ul aria-label="Dangerous names" className="grid gap-2 rounded-control border border-bad p-3">
          {dangerous.map(({ meaning, names }) => (
            <li key={meaning} className="grid gap-0.5 text-xs">
              <span className="flex flex-wrap items-center gap-2">
                <GlobalVerdictMark verdict="dangerous" />
                <span className="min-w-0 break-all font-mono text-strong">{names.slice(0, 8).join(', ')}</span>
              </span>
              <span className="text-body">{meaning}.</span>
            </li>
          ))}
        </ul>
      )}
      <FactList facts={contents ? contentsFacts(contents, report) : fileFacts(report)} />
    </div>
  );
}

function contentsFacts(contents: CheckpointContents, report: CheckpointReport): Fact[] {
  const { architecture, epoch, keypointShape, git } = contents;
  return [
    ['Task', contents.task ?? 'not told'],
    ['Network', architectureName(contents)],
    ['Scale', architecture.scale],
    ['Classes', contents.classCount],
    ['Image size', imageSizeWords(contents.imageSize)],
    ['Stride', `${contents.stride} px`],
    ['Keypoints', keypointShape && `${keypointShape[0]}, ${keypointShape[1]} numbers each`],
    ['Parameters', formatCount(contents.parameterCount)],
    ['Weights', weightType(contents)],
    ['Layers', contents.layers.length],
    ['Taken from', contents.which === 'ema' ? 'the average of the weights (ema)' : null],
    ['Epoch', epoch === null ? null : epoch < 0 ? 'training ended' : String(epoch + 1)],
    ['Best fitness', contents.bestFitness === null ? null : contents.bestFitness.toPrecision(4)],
    ['Date', contents.date && <span title={contents.date}>{dayOf(contents.date)}</span>],
    ['Made by', contents.version && `Ultralytics ${contents.version}`],
    ['Licence', contents.license],
    ['Trained from', typeof git.branch === 'string' ? `branch ${git.branch}` : null],
    ...fileFacts(report),
  ];
}

function fileFacts({ sizeBytes, container }: CheckpointReport): Fact[] {
  return [
    ['File', formatBytes(sizeBytes)],
    ['Format', container === 'zip' ? 'PyTorch zip' : container === 'legacy' ? 'PyTorch before 1.6' : 'not PyTorch’s'],
  ];
}
