'use client';

import { CircleHelp, Download, GraduationCap, ShieldCheck } from 'lucide-react';
import Link from 'next/link';
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { PageHeader } from '@/components/frame/page-header';
import { useStageControls } from '@/components/stage/stage-controls';
import { Announcer } from '@/components/test/announcer';
import { browserPorts } from '@/components/test/browser-ports';
import { DemoList } from '@/components/test/demo/demo-list';
import { type OpenDialog, PageDialogs } from '@/components/test/dialogs/page-dialogs';
import { FilePickersProvider } from '@/components/test/intake/file-pickers';
import { useIntake } from '@/components/test/intake/use-intake';
import { RememberedModels } from '@/components/test/remembered-models';
import { ResultJson } from '@/components/test/result-json';
import { createTestSession, type TestSession } from '@/components/test/session/create-test-session';
import { SessionProvider, useSession, useTest } from '@/components/test/session/session-context';
import { TestLayout } from '@/components/test/test-layout';
import { usePageKeys } from '@/components/test/use-page-keys';
import { Button, buttonClass } from '@/components/ui/button';
import { WindowDrop } from '@/components/ui/window-drop';

/** The Test tab: models and images in, predictions out, all on this machine. */
export function TestPage() {
  return (
    <TestWorkspace
      models={<RememberedModels />}
      modelFoot={<DemoList />}
      head={(actions) => (
        <PageHeader title="Test" badge={<PrivacyBadge />}>
          <Link href="/test/train" className={buttonClass('ghost', 'medium', 'max-sm:hidden')}>
            <GraduationCap size={14} aria-hidden />
            Train
          </Link>
          {actions}
        </PageHeader>
      )}
    />
  );
}

type TestWorkspaceProps = {
  /** Draws the head of the page around the workspace's own actions. */
  readonly head: (actions: ReactNode) => ReactNode;
  /** What puts models into the panel when the page opens. */
  readonly models: ReactNode;
  /** What stands below the models in the panel. */
  readonly modelFoot?: ReactNode;
};

/** Models, stage, results and strip under a head of the caller's. */
export function TestWorkspace(props: TestWorkspaceProps) {
  const session = usePageSession();
  return (
    <SessionProvider session={session}>
      <Workspace {...props} />
    </SessionProvider>
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

function Workspace({ head, models, modelFoot = null }: TestWorkspaceProps) {
  const session = useSession();
  const intake = useIntake();
  const controls = useStageControls();
  const [dialog, setDialog] = useState<OpenDialog>(null);
  const openHelp = useCallback(() => setDialog('help'), []);
  const openUrl = useCallback(() => setDialog('url'), []);
  const openWeights = useCallback(() => setDialog('weights'), []);
  const close = useCallback(() => setDialog(null), []);
  usePageKeys({ session, controls, openHelp });
  const hasResult = useTest((state) => state.shown.primary !== null);

  return (
    <FilePickersProvider intake={intake} onWeights={openWeights}>
      {head(
        <>
          <Button variant="ghost" size="icon" aria-label="Keys" data-tip="Keys" data-keys="?" onClick={openHelp}>
            <CircleHelp size={16} aria-hidden />
          </Button>
          <span data-tip={hasResult ? undefined : 'There is no result to export yet'}>
            <Button variant="primary" disabled={!hasResult} onClick={() => setDialog('export')}>
              <Download size={14} aria-hidden />
              Export
            </Button>
          </span>
        </>,
      )}
      <TestLayout controls={controls} onUrl={openUrl} modelFoot={modelFoot} />
      <PageDialogs open={dialog} onClose={close} />
      <WindowDrop words="Drop models, images, folders or a video" onTransfer={intake.addTransfer} />
      {models}
      <Announcer />
      <ResultJson />
    </FilePickersProvider>
  );
}

/** One session for the life of the page. */
function usePageSession(): TestSession {
  const [session] = useState(() => createTestSession(browserPorts()));
  const mounts = useRef(0);

  // Ends the worker when the page is left. In development React mounts twice at once, so the end waits for a moment.
  useEffect(() => {
    mounts.current++;
    return () => {
      mounts.current--;
      setTimeout(() => mounts.current === 0 && session.dispose(), 0);
    };
  }, [session]);

  return session;
}
