'use client';

import { CircleHelp, ShieldCheck } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useRef, useState } from 'react';
import { PageHeader } from '@/components/frame/page-header';
import { useStageControls } from '@/components/stage/stage-controls';
import { browserTrainPorts, trainingThreads } from '@/components/train/browser-ports';
import { TrainPickersProvider } from '@/components/train/intake/train-pickers';
import { createTrainSession, type TrainSession } from '@/components/train/session/create-train-session';
import { TrainSessionProvider, useTrain, useTrainSession } from '@/components/train/session/session-context';
import { isBusy } from '@/components/train/session/train-state';
import { TrainAnnouncer } from '@/components/train/train-announcer';
import { TrainHelp } from '@/components/train/train-help';
import { handleTrainKey } from '@/components/train/train-keys';
import { TrainLayout } from '@/components/train/train-layout';
import { Button } from '@/components/ui/button';
import { isOwnKey } from '@/components/ui/own-key';
import { WindowDrop } from '@/components/ui/window-drop';
import { filesFromTransfer } from '@/lib/browser/dropped-files';

/** Pictures and labels in, a trained model out, all on this machine. */
export function TrainPage() {
  const session = usePageSession();
  return (
    <TrainSessionProvider session={session}>
      <Workspace />
    </TrainSessionProvider>
  );
}

function Workspace() {
  const session = useTrainSession();
  const controls = useStageControls();
  const [isHelpOpen, setHelpOpen] = useState(false);
  const openHelp = useCallback(() => setHelpOpen(true), []);
  useHandedOverModel(session);
  useLeaveWarning();

  // Listens to keys of the whole window; undone by removing the listener.
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (event.defaultPrevented || isOwnKey(event)) return;
      if (handleTrainKey(event, { session, controls, openHelp })) event.preventDefault();
    }
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [session, controls, openHelp]);

  const takeTransfer = useCallback(
    (transfer: DataTransfer) => void filesFromTransfer(transfer).then(session.actions.takeFiles),
    [session],
  );

  return (
    <TrainPickersProvider>
      <PageHeader title="Train" crumbs={[{ label: 'Test', href: '/test' }]} badge={<PrivacyBadge />}>
        <Button variant="ghost" size="icon" aria-label="Keys" data-tip="Keys" data-keys="?" onClick={openHelp}>
          <CircleHelp size={16} aria-hidden />
        </Button>
      </PageHeader>
      <TrainLayout controls={controls} />
      {isHelpOpen && <TrainHelp onClose={() => setHelpOpen(false)} />}
      <WindowDrop words="Drop pictures, label files, a folder or a .pt" onTransfer={takeTransfer} />
      <TrainAnnouncer />
    </TrainPickersProvider>
  );
}

/** The promise of the page, in sight. */
function PrivacyBadge() {
  return (
    <span className="flex h-6 items-center gap-1.5 rounded-chip border px-2 text-muted text-xs">
      <ShieldCheck size={13} aria-hidden className="text-good" />
      <span className="max-sm:sr-only">Nothing leaves this browser</span>
    </span>
  );
}

/** Opens the model that the Test tab sent, by its hash in the address, and brings back what an earlier visit made. */
function useHandedOverModel(session: TrainSession): void {
  const modelId = useSearchParams().get('model');
  const opened = useRef<string | null>(null);
  // Reads this machine's store once a visit; nothing is to be undone.
  useEffect(() => {
    const wanted = modelId ?? '';
    if (opened.current === wanted) return;
    if (opened.current === null) void session.actions.findDraft();
    opened.current = wanted;
    void session.actions.restoreRun();
    if (modelId !== null) void session.actions.openStoredModel(modelId);
  }, [session, modelId]);
}

/** A run, and labels that are not kept yet, are gone with the page: the browser asks before it is left. */
function useLeaveWarning(): void {
  const hasSomethingToLose = useTrain(
    (state) => isBusy(state) || (state.history.past.length > 0 && !state.draft.isKept),
  );
  // Outside system: the browser's own question. Undone by removing the listener.
  useEffect(() => {
    if (!hasSomethingToLose) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [hasSomethingToLose]);
}

/** One session for the life of the page. */
function usePageSession(): TrainSession {
  const [session] = useState(() => createTrainSession(browserTrainPorts(), trainingThreads));
  const mounts = useRef(0);

  // Ends the workers when the page is left. In development React mounts twice at once, so the end waits for a moment.
  useEffect(() => {
    mounts.current++;
    return () => {
      mounts.current--;
      setTimeout(() => mounts.current === 0 && session.dispose(), 0);
    };
  }, [session]);

  return session;
}
