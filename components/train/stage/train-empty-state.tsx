'use client';

import { useTrainPickers } from '@/components/train/intake/train-pickers';
import { useTrain } from '@/components/train/session/session-context';
import { Button } from '@/components/ui/button';

/** The first thing a person sees: what to bring, what then happens, and the promise. */
export function TrainEmptyState() {
  const { pickModel, pickImages, pickFolder } = useTrainPickers();
  const hasFile = useTrain((state) => state.model.kind === 'file');
  return (
    <div className="dark h-full overflow-y-auto text-canvas-muted">
      <div className="mx-auto grid min-h-full w-full max-w-[640px] content-center gap-6 px-5 py-8">
        <div className="grid gap-1">
          <p className="text-balance font-semibold text-canvas-text text-lg">Teach a model what you are looking for</p>
          <p>
            10 to 50 labelled pictures are a beginning. Nothing leaves this browser: this machine does the training.
          </p>
        </div>
        <ol className="grid gap-px overflow-hidden rounded-panel border border-canvas-line">
          <Step number={1} title="A model to start from">
            <p>
              Weights as <span className="font-mono text-canvas-text">.pt</span> (YOLOv8, 11, v5u…) know a lot already
              and need few pictures. Without a file a small new network is trained, which has seen nothing yet.
            </p>
            <Button variant={hasFile ? 'secondary' : 'primary'} className="justify-self-start" onClick={pickModel}>
              Choose a .pt
            </Button>
          </Step>
          <Step number={2} title="Pictures, and labels if you have them">
            <p>
              Drop pictures anywhere, with YOLO <span className="font-mono text-canvas-text">.txt</span> files or a
              folder with its <span className="font-mono text-canvas-text">data.yaml</span>. Boxes can be drawn here;
              masks, keypoints and rotated boxes come from label files, or from what a .pt sees. Where this browser
              keeps files, all of it is kept as a draft for your next visit.
            </p>
            <div className="flex flex-wrap gap-2">
              <Button variant={hasFile ? 'primary' : 'secondary'} onClick={pickImages}>
                Choose pictures
              </Button>
              <Button onClick={pickFolder}>Choose a folder</Button>
            </div>
          </Step>
          <Step number={3} title="Start training">
            <p>
              Watch the loss fall, see what the model then finds – beside what your .pt found before – and save it as
              ONNX.
            </p>
          </Step>
        </ol>
      </div>
    </div>
  );
}

function Step(props: { readonly number: number; readonly title: string; readonly children: React.ReactNode }) {
  return (
    <li className="grid content-start gap-2.5 p-4 text-xs outline outline-canvas-line">
      <h2 className="flex items-center gap-2 font-medium text-canvas-text text-sm">
        <span className="grid size-5 place-items-center rounded-full border border-canvas-line text-2xs">
          {props.number}
        </span>
        {props.title}
      </h2>
      {props.children}
    </li>
  );
}
