import type { StoreApi } from 'zustand/vanilla';
import { createDemoActions, type DemoActions } from '@/components/test/session/demo-actions';
import { createFileActions, type FileActions } from '@/components/test/session/file-actions';
import { createImageActions, type ImageActions } from '@/components/test/session/image-actions';
import { createLiveActions, type LiveActions } from '@/components/test/session/live-actions';
import { createModelActions, type ModelActions } from '@/components/test/session/model-actions';
import { startScheduler } from '@/components/test/session/predict-scheduler';
import { createSessionCore, type SessionPorts } from '@/components/test/session/session-core';
import type { TestState } from '@/components/test/session/test-state';
import { createViewActions, type ViewActions } from '@/components/test/session/view-actions';
import { type VisitedResult, type VisitOptions, visitResults } from '@/components/test/session/visit-results';

export type TestActions = ModelActions &
  FileActions &
  ImageActions &
  ViewActions &
  LiveActions &
  Pick<DemoActions, 'showDemo' | 'leaveDemo'>;

/** Everything one `/test` page knows and can do. */
export type TestSession = {
  readonly store: StoreApi<TestState>;
  readonly actions: TestActions;
  readonly visitResults: (visit: (visited: VisitedResult) => Promise<void>, options: VisitOptions) => Promise<void>;
  /** Stops the worker and frees pictures and thumbnails. */
  readonly dispose: () => void;
};

/** Makes the session of one page around the ports it is handed. */
export function createTestSession(ports: SessionPorts): TestSession {
  const core = createSessionCore(ports);
  startScheduler(core);
  const modelActions = createModelActions(core);
  const imageActions = createImageActions(core);
  const demo = createDemoActions(core, modelActions, imageActions);
  const liveActions = createLiveActions(core, imageActions.addImages);
  const unsubscribe = ports.client.subscribe((event) => {
    switch (event.kind) {
      case 'download': {
        const { file, loadedBytes, totalBytes } = event;
        const isOver = totalBytes !== null && loadedBytes >= totalBytes;
        core.update((state) => ({ ...state, download: isOver ? null : { file, loadedBytes, totalBytes } }));
        return;
      }
      case 'worker-restarted':
        core.update((state) => ({ ...state, download: null, notice: event.fault }));
        return;
      case 'backend-changed':
        core.update((state) => ({ ...state, download: null, notice: backendNotice(event.report.backend) }));
        return;
    }
  });
  return {
    store: core.store,
    actions: {
      ...modelActions,
      addModelFiles(files) {
        demo.withdrawModel();
        return modelActions.addModelFiles(files);
      },
      addHostedModel(hosted) {
        demo.withdrawModel();
        return modelActions.addHostedModel(hosted);
      },
      ...createFileActions(core),
      ...imageActions,
      addImages(files) {
        demo.withdrawPicture();
        imageActions.addImages(files);
      },
      ...createViewActions(core),
      ...liveActions,
      showDemo: demo.showDemo,
      leaveDemo: demo.leaveDemo,
    },
    visitResults: (visit, options) => visitResults(core, visit, options),
    dispose() {
      unsubscribe();
      liveActions.closeLive();
      core.interrupt();
      core.bitmaps.deleteWhere(() => true);
      for (const { thumbnailUrl } of core.get().images)
        if (thumbnailUrl !== null) ports.thumbnails.release(thumbnailUrl);
      ports.client.dispose();
    },
  };
}

function backendNotice(backend: string): TestState['notice'] {
  return {
    code: 'device-lost',
    found: `The graphics device stopped answering, so predictions go on with ${backend === 'wasm' ? 'the processor (WASM)' : backend}.`,
    remedy: 'Reload the page to try the graphics device again.',
  };
}
