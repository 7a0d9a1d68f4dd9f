'use client';

import Konva from 'konva/lib/Core.js';
// Konva's core knows no shapes; this registers the one that is used, and leaves the others out of the bundle.
import 'konva/lib/shapes/Image.js';
import { memo, type RefObject, useLayoutEffect, useRef } from 'react';
import { Group, Image, Layer, Shape, Stage } from 'react-konva/lib/ReactKonvaCore.js';
import { CRISP_SCALE, paintStage, type StageScene } from '@/components/stage/paint-stage';
import type { StagePane } from '@/components/stage/stage-panes';

/**
 * Konva would draw again in the next animation frame after every change; the stage draws its layers itself, in the frame of
 * the change.
 */
Konva.autoDrawEnabled = false;

type Surface = {
  readonly width: number;
  readonly height: number;
  /** Device pixels per screen pixel. */
  readonly pixelRatio: number;
};

type StageCanvasProps = Surface & {
  readonly scene: StageScene;
  /** Milliseconds the overlay took to draw, after each drawing. */
  readonly onDraw: ((milliseconds: number) => void) | undefined;
};

/** The Konva stage: one layer with the picture, one with the overlays. It only shows; pointers and keys are its parent's. */
export function StageCanvas({ scene, onDraw, ...surface }: StageCanvasProps) {
  const { scale, offsetX, offsetY } = scene.view;
  const report = useRef(onDraw);
  // Outside system: the Konva tree below, which reports its drawings. A reference, so that a new function draws nothing anew.
  useLayoutEffect(() => {
    report.current = onDraw;
  });
  return (
    <Stage width={surface.width} height={surface.height} listening={false}>
      <PictureLayer
        {...surface}
        bitmap={scene.bitmap}
        panes={scene.panes}
        scale={scale}
        offsetX={offsetX}
        offsetY={offsetY}
      />
      <OverlayLayer {...surface} scene={scene} report={report} />
    </Stage>
  );
}

type PictureLayerProps = Surface &
  Pick<StageScene, 'bitmap' | 'panes'> & { readonly scale: number; readonly offsetX: number; readonly offsetY: number };

/** Memoised: hovering and thresholds redraw the overlays, never a photo of many megapixels. */
const PictureLayer = memo(function PictureLayer(props: PictureLayerProps) {
  const { bitmap, panes, scale, offsetX, offsetY, width, height, pixelRatio } = props;
  const layer = useRef<Konva.Layer>(null);
  // Synchronises the picture's canvas with what was just rendered. Drawing in the layout effect puts it into the same frame as
  // the change; Konva's own scheduling would show it a frame late. Nothing to undo: the canvas is overdrawn or removed.
  useLayoutEffect(() => {
    if (!layer.current || width === 0 || height === 0) return;
    matchPixelRatio(layer.current, pixelRatio);
    // Large photos shrunk to the stage alias with the default of "low".
    layer.current.getContext()._context.imageSmoothingQuality = 'medium';
    layer.current.draw();
  });
  return (
    <Layer ref={layer} listening={false} imageSmoothingEnabled={scale < CRISP_SCALE}>
      {bitmap && bitmap.width > 0
        ? pictureClips(panes).map((clip) => (
            <Group key={clip.x} clipX={clip.x} clipY={0} clipWidth={clip.width} clipHeight={height}>
              <Image
                image={bitmap}
                x={clip.x + offsetX}
                y={offsetY}
                width={bitmap.width * scale}
                height={bitmap.height * scale}
                listening={false}
                perfectDrawEnabled={false}
              />
            </Group>
          ))
        : null}
    </Layer>
  );
});

type OverlayLayerProps = Surface &
  Pick<StageCanvasProps, 'scene'> & { readonly report: RefObject<StageCanvasProps['onDraw']> };

const OverlayLayer = memo(function OverlayLayer({ scene, report, width, height, pixelRatio }: OverlayLayerProps) {
  const layer = useRef<Konva.Layer>(null);
  // Synchronises the overlay's canvas, in the same frame and for the same reason as the picture's.
  useLayoutEffect(() => {
    if (!layer.current || width === 0 || height === 0) return;
    matchPixelRatio(layer.current, pixelRatio);
    const startedAt = performance.now();
    layer.current.draw();
    report.current?.(performance.now() - startedAt);
  });
  return (
    <Layer ref={layer} listening={false}>
      <Shape
        sceneFunc={(context) => paintStage(context._context, scene)}
        listening={false}
        perfectDrawEnabled={false}
      />
    </Layer>
  );
});

/** Where the picture is drawn: once, or once in each half. */
function pictureClips(panes: readonly StagePane[]): readonly { readonly x: number; readonly width: number }[] {
  const origins = new Set(panes.map(({ originX }) => originX));
  if (origins.size === 1) return [{ x: 0, width: panes.reduce((sum, { clipWidth }) => sum + clipWidth, 0) }];
  return panes.map(({ originX, clipWidth }) => ({ x: originX, width: clipWidth }));
}

/** A window moved to another screen, or a page zoomed by its browser, needs canvases of another resolution. */
function matchPixelRatio(layer: Konva.Layer, pixelRatio: number): void {
  const canvas = layer.getCanvas();
  if (canvas.getPixelRatio() !== pixelRatio) canvas.setPixelRatio(pixelRatio);
}
