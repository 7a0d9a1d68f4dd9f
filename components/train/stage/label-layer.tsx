'use client';

import { handlePoint, handles } from '@/components/train/document/box-geometry';
import { classNames } from '@/components/ui/class-names';
import type { Box, Size } from '@/lib/engines/geometry/shape';
import { toScreen, type Viewport } from '@/lib/engines/geometry/viewport';
import { classColour } from '@/lib/engines/overlay/class-colour';

/** A label as it is drawn: in pixels of the image. */
export type ShownLabel = {
  readonly id: string;
  readonly name: string;
  readonly classId: number;
  readonly box: Box;
  /** Flat x, y pairs of a mask or a rotated box. */
  readonly outline: Float32Array | null;
  readonly keypoints: Float32Array | null;
};

type LabelLayerProps = {
  readonly size: Size;
  readonly viewport: Viewport;
  readonly labels: readonly ShownLabel[];
  readonly selectedId: string | null;
  /** A box that is being drawn. */
  readonly draft: { readonly box: Box; readonly classId: number } | null;
  readonly hasHandles: boolean;
};

const HANDLE = 8;
const CHIP_HEIGHT = 16;

/** Labels above the picture, strokes constant in screen pixels. It only shows; pointers and keys are its parent's. */
export function LabelLayer({ size, viewport, labels, selectedId, draft, hasHandles }: LabelLayerProps) {
  const selected = labels.find(({ id }) => id === selectedId);
  return (
    <svg
      aria-hidden="true"
      width={size.width}
      height={size.height}
      className="pointer-events-none absolute inset-0 select-none overflow-hidden"
    >
      {labels.map((label) => (
        <LabelShape key={label.id} label={label} viewport={viewport} isSelected={label.id === selectedId} />
      ))}
      {draft && <DraftBox box={draft.box} classId={draft.classId} viewport={viewport} />}
      {selected && hasHandles && <Handles box={selected.box} viewport={viewport} />}
    </svg>
  );
}

type LabelShapeProps = { readonly label: ShownLabel; readonly viewport: Viewport; readonly isSelected: boolean };

function LabelShape({ label, viewport, isSelected }: LabelShapeProps) {
  const colour = classColour(label.classId);
  const { x, y, width, height } = screenBox(label.box, viewport);
  const strokeWidth = isSelected ? 3 : 2;
  const chipTop = y >= CHIP_HEIGHT ? y - CHIP_HEIGHT : y;
  return (
    <g data-label={label.id}>
      {label.outline ? (
        <polygon
          points={screenPoints(label.outline, viewport)}
          fill={colour.css}
          fillOpacity={isSelected ? 0.35 : 0.2}
          stroke={colour.css}
          strokeWidth={strokeWidth}
        />
      ) : (
        <rect
          {...{ x, y, width, height, strokeWidth }}
          fill={colour.css}
          fillOpacity={isSelected ? 0.14 : 0.04}
          stroke={colour.css}
        />
      )}
      {label.keypoints && <Keypoints keypoints={label.keypoints} viewport={viewport} colour={colour.css} />}
      <foreignObject x={x - strokeWidth / 2} y={chipTop} width={200} height={CHIP_HEIGHT}>
        <span
          className={classNames(
            'inline-block max-w-[180px] truncate px-1 font-medium text-2xs',
            isSelected && 'underline',
          )}
          style={{ background: colour.css, color: colour.text, lineHeight: `${CHIP_HEIGHT}px` }}
        >
          {label.name}
        </span>
      </foreignObject>
    </g>
  );
}

function Keypoints(props: { readonly keypoints: Float32Array; readonly viewport: Viewport; readonly colour: string }) {
  const { keypoints, viewport, colour } = props;
  const points = Array.from({ length: keypoints.length / 3 }, (_, k) => ({
    number: k,
    at: toScreen(viewport, { x: keypoints[3 * k], y: keypoints[3 * k + 1] }),
    isLabelled: keypoints[3 * k + 2] > 0,
  }));
  return points
    .filter(({ isLabelled }) => isLabelled)
    .map(({ number, at }) => (
      <circle key={number} cx={at.screenX} cy={at.screenY} r={3} fill={colour} stroke="white" strokeWidth={1} />
    ));
}

function DraftBox({
  box,
  classId,
  viewport,
}: {
  readonly box: Box;
  readonly classId: number;
  readonly viewport: Viewport;
}) {
  return (
    <rect
      {...screenBox(box, viewport)}
      fill={classColour(classId).css}
      fillOpacity={0.14}
      stroke={classColour(classId).css}
      strokeWidth={2}
      strokeDasharray="5 4"
    />
  );
}

function Handles({ box, viewport }: { readonly box: Box; readonly viewport: Viewport }) {
  return handles.map((handle) => {
    const { screenX, screenY } = toScreen(viewport, handlePoint(box, handle));
    return (
      <rect
        key={handle}
        x={screenX - HANDLE / 2}
        y={screenY - HANDLE / 2}
        width={HANDLE}
        height={HANDLE}
        rx={1}
        fill="white"
        stroke="black"
        strokeOpacity={0.7}
        strokeWidth={1}
      />
    );
  });
}

function screenBox({ x1, y1, x2, y2 }: Box, viewport: Viewport) {
  const { screenX: x, screenY: y } = toScreen(viewport, { x: x1, y: y1 });
  return { x, y, width: (x2 - x1) * viewport.scale, height: (y2 - y1) * viewport.scale };
}

function screenPoints(outline: Float32Array, viewport: Viewport): string {
  return Array.from({ length: outline.length / 2 }, (_, k) => {
    const { screenX, screenY } = toScreen(viewport, { x: outline[2 * k], y: outline[2 * k + 1] });
    return `${screenX.toFixed(1)},${screenY.toFixed(1)}`;
  }).join(' ');
}
