/** How an overlay is drawn. Plain data; the painter derives everything else from it and the result. */
export type OverlayView = {
  /** Screen (CSS) pixels per image pixel. */
  readonly scale: number;
  /** Screen position of the image's top-left corner. */
  readonly offsetX: number;
  readonly offsetY: number;
  /** Visible area in screen pixels: what lies outside is culled, labels slide inside. */
  readonly viewportWidth: number;
  readonly viewportHeight: number;
  readonly showBoxes: boolean;
  readonly showLabels: boolean;
  /** Whether labels have names only: of what a person labelled there is no score. */
  readonly withoutScores?: boolean;
  readonly showMasks: boolean;
  readonly showKeypoints: boolean;
  /** 0–1. */
  readonly maskOpacity: number;
  /** Stroke width in screen pixels. */
  readonly lineWidth: number;
  /** Label font size in screen pixels, and family. */
  readonly fontSize: number;
  readonly fontFamily: string;
  readonly hiddenClasses: ReadonlySet<number>;
  /** `Detection.index` under the pointer (everything else is dimmed to 35 %), and the selected one; or null. */
  readonly hovered: number | null;
  readonly selected: number | null;
  /** Colours that win over the generated palette, by class index, as CSS colours. */
  readonly classColours: ReadonlyMap<number, string>;
};
