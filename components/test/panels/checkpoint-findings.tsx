import { ShieldAlert, ShieldCheck } from 'lucide-react';
import { architectureName, contentsLine, verdictSentence } from '@/components/inspector/checkpoint-words';
import type { CheckpointReport } from '@/lib/engines/model-files/checkpoint/inspect-checkpoint';

/** More than these are in the dialog. */
const mostShown = 3;

/** What was found in a checkpoint, in short: it stands in the panel before anything of the file is used. */
export function CheckpointFindings({ report }: { readonly report: CheckpointReport }) {
  const { contents, globals } = report;
  const dangerous = globals.filter(({ verdict }) => verdict === 'dangerous');
  const Shield = dangerous.length > 0 ? ShieldAlert : ShieldCheck;
  return (
    <section aria-label="What is in this file" className="grid gap-1 px-2 pb-1.5 text-2xs">
      {contents && (
        <p className="text-body">
          <span className="font-medium text-strong">{architectureName(contents)}</span> {contentsLine(contents)}
        </p>
      )}
      <p className="flex gap-1.5">
        <Shield size={13} aria-hidden className={dangerous.length > 0 ? 'shrink-0 text-bad' : 'shrink-0 text-good'} />
        <span>Nothing in this file was executed. {verdictSentence(globals)}.</span>
      </p>
      {dangerous.slice(0, mostShown).map(({ meaning, names }) => (
        <p key={meaning} className="break-words text-bad">
          <span className="break-all font-medium font-mono">{names[0]}</span> {meaning}.
        </p>
      ))}
    </section>
  );
}
