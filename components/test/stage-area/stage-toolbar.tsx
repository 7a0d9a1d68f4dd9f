'use client';

import { Columns2, Eye, EyeOff, Maximize, Minus, Plus, Spline, Tag } from 'lucide-react';
import type { ReactNode } from 'react';
import { type StageControls, useStageScale } from '@/components/stage/stage-controls';
import { useSession, useTest, useTestActions } from '@/components/test/session/session-context';
import { SourceButtons } from '@/components/test/stage-area/source-buttons';
import { toggleCompare } from '@/components/test/toggle-compare';
import { Button } from '@/components/ui/button';

/** What acts on the picture: zoom, what is drawn, comparison, and the live sources. */
export function StageToolbar({ controls }: { readonly controls: StageControls }) {
  const session = useSession();
  const { setView } = useTestActions();
  const showOverlays = useTest((state) => state.showOverlays);
  const showLabels = useTest((state) => state.showLabels);
  const showMasks = useTest((state) => state.showMasks);
  const maskOpacity = useTest((state) => state.maskOpacity);
  const hasMasks = useTest((state) => hasArea(state.shown.primary?.result.task));
  const canCompare = useTest((state) => state.models.length > 1 && state.activeModelKey !== null);
  const isComparing = useTest((state) => state.compareModelKey !== null);
  return (
    <div
      className="flex h-9 shrink-0 items-center gap-0.5 overflow-x-auto border-b bg-base px-2 touch:h-12"
      role="toolbar"
      aria-label="View"
    >
      <Button
        variant="ghost"
        size="icon"
        aria-label="Zoom out"
        className="max-sm:hidden"
        data-tip="Zoom out"
        data-keys="−"
        onClick={controls.zoomOut}
      >
        <Minus size={15} aria-hidden />
      </Button>
      <ZoomValue controls={controls} />
      <Button
        variant="ghost"
        size="icon"
        aria-label="Zoom in"
        className="max-sm:hidden"
        data-tip="Zoom in"
        data-keys="+"
        onClick={controls.zoomIn}
      >
        <Plus size={15} aria-hidden />
      </Button>
      <Button variant="ghost" size="icon" aria-label="Fit" data-tip="Fit" data-keys="0" onClick={controls.fit}>
        <Maximize size={14} aria-hidden />
      </Button>
      <Divider />
      <Toggle
        label="Overlays"
        keys="H"
        pressed={showOverlays}
        onToggle={() => setView({ showOverlays: !showOverlays })}
      >
        {showOverlays ? <Eye size={15} aria-hidden /> : <EyeOff size={15} aria-hidden />}
      </Toggle>
      <Toggle label="Labels" keys="L" pressed={showLabels} onToggle={() => setView({ showLabels: !showLabels })}>
        <Tag size={14} aria-hidden />
      </Toggle>
      {hasMasks && (
        <>
          <Toggle label="Masks" keys="M" pressed={showMasks} onToggle={() => setView({ showMasks: !showMasks })}>
            <Spline size={15} aria-hidden />
          </Toggle>
          <input
            type="range"
            aria-label="Mask opacity"
            data-tip={`Mask opacity ${Math.round(maskOpacity * 100)} %`}
            min={0}
            max={1}
            step={0.05}
            value={maskOpacity}
            onChange={(event) => setView({ maskOpacity: event.currentTarget.valueAsNumber })}
            style={{ ['--fill' as string]: `${maskOpacity * 100}%`, width: 72 }}
            className="range mx-1 shrink-0"
          />
        </>
      )}
      {canCompare && (
        <>
          <Divider />
          <Toggle label="Compare two models" keys="C" pressed={isComparing} onToggle={() => toggleCompare(session)}>
            <Columns2 size={15} aria-hidden />
          </Toggle>
        </>
      )}
      <StageSubject />
      <SourceButtons />
    </div>
  );
}

/** Which image is on the stage, and how large it is. */
function StageSubject() {
  const name = useTest((state) => (state.live.kind === 'off' ? state.shown.name : ''));
  const width = useTest((state) => state.shown.bitmap?.width ?? 0);
  const height = useTest((state) => state.shown.bitmap?.height ?? 0);
  return (
    <p className="min-w-0 flex-1 truncate px-2 text-center text-muted text-xs max-sm:invisible">
      {name}
      {name && width > 0 && ` · ${width} × ${height}`}
    </p>
  );
}

function ZoomValue({ controls }: { readonly controls: StageControls }) {
  const scale = useStageScale(controls);
  return (
    <Button
      variant="ghost"
      size="small"
      aria-label={`Zoom ${Math.round(scale * 100)} %, show at 100 %`}
      data-tip="Show at 100 %"
      data-keys="1"
      onClick={controls.actualSize}
      className="w-12 px-0"
    >
      {Math.round(scale * 100)} %
    </Button>
  );
}

type ToggleProps = {
  readonly label: string;
  readonly keys: string;
  readonly pressed: boolean;
  readonly onToggle: () => void;
  readonly children: ReactNode;
};

function Toggle({ label, keys, pressed, onToggle, children }: ToggleProps) {
  return (
    <Button
      variant="ghost"
      size="icon"
      aria-label={label}
      aria-pressed={pressed}
      data-tip={label}
      data-keys={keys}
      onClick={onToggle}
    >
      {children}
    </Button>
  );
}

function Divider() {
  return <span aria-hidden className="mx-1 h-4 w-px shrink-0 bg-line" />;
}

function hasArea(task: string | undefined): boolean {
  return task === 'segment' || task === 'semantic' || task === 'depth';
}
