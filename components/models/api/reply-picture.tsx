'use client';

import { useEffect, useMemo, useState } from 'react';
import type { Exchange } from '@/components/models/api/exchange';
import { type DrawnReply, type ReplyShape, shapesOfReply } from '@/components/models/api/reply-shapes';
import type { ImageSource } from '@/components/models/api/request-draft';
import { imageFromUrl } from '@/lib/browser/image-from-url';
import { classColour } from '@/lib/engines/overlay/class-colour';

/** So many labels still leave the picture in sight. */
const mostLabels = 60;

type Loaded = { readonly url: string; readonly width: number; readonly height: number };

/** The image of the request with what the reply says stands in it. */
export function ReplyPicture({ exchange }: { readonly exchange: Exchange }) {
  const { draft, reply } = exchange;
  const picture = usePicture(draft.source);
  const drawn = useMemo(() => {
    if (reply.status >= 400) return null;
    const isNormalised = draft.form === 'hub-2024' && draft.normalize;
    return shapesOfReply(parsedBody(reply.body), { isNormalised, image: picture });
  }, [reply, draft, picture]);

  if (reply.status >= 400) return null;
  if (drawn === null || picture === null) {
    const isForeign = draft.form === 'platform' && drawn === null && picture !== null;
    return (
      <p className="px-4 pb-3 text-muted text-xs">
        {isForeign
          ? `The dialect “${draft.format}” is not drawn here; platform, platform-images and ultralytics are.`
          : 'This image cannot be shown here, so nothing is drawn.'}
      </p>
    );
  }
  const size = drawn.image ?? picture;
  return (
    <figure className="grid bg-canvas">
      <div
        className="relative mx-auto w-full"
        style={{
          maxWidth: `calc(min(60dvh, 560px) * ${size.width / size.height})`,
          aspectRatio: size.width / size.height,
        }}
      >
        {/* biome-ignore lint/performance/noImgElement: the picture is a blob of this page, nothing a server could optimise */}
        <img src={picture.url} alt="" className="absolute inset-0 size-full" />
        <svg
          viewBox={`0 0 ${size.width} ${size.height}`}
          preserveAspectRatio="none"
          className="absolute inset-0 size-full"
          aria-hidden="true"
        >
          {drawn.shapes.map((shape) => (
            <Shape key={shape.key} shape={shape} />
          ))}
        </svg>
        {drawn.shapes.slice(0, mostLabels).map((shape) => (
          <Label key={shape.key} shape={shape} size={size} />
        ))}
      </div>
      <figcaption className="px-4 py-2 text-canvas-muted text-xs">{summary(drawn)}</figcaption>
    </figure>
  );
}

function Shape({ shape }: { readonly shape: ReplyShape }) {
  const { css } = classColour(shape.classId);
  const line = { stroke: css, strokeWidth: 2, vectorEffect: 'non-scaling-stroke' } as const;
  return (
    <g>
      {shape.outline.length > 2 && (
        <polygon points={pointList(shape.outline)} fill={css} fillOpacity={0.35} {...line} />
      )}
      {shape.corners.length > 2 && <polygon points={pointList(shape.corners)} fill="none" {...line} />}
      {shape.keypoints.map(([x, y], index) => (
        // A dot is a line without length and with round ends: those keep their size on the screen, circles would not.
        // biome-ignore lint/suspicious/noArrayIndexKey: a keypoint is its place in the list
        <path key={index} d={`M${x} ${y}h0`} {...line} strokeWidth={6} strokeLinecap="round" />
      ))}
    </g>
  );
}

function Label({ shape, size }: { readonly shape: ReplyShape; readonly size: { width: number; height: number } }) {
  const [first] = shape.corners;
  if (!first) return null;
  const { css, text } = classColour(shape.classId);
  const left = Math.min(...shape.corners.map(([x]) => x));
  const top = Math.min(...shape.corners.map(([, y]) => y));
  const isAtTop = top < size.height * 0.05;
  return (
    <span
      aria-hidden
      className="absolute max-w-40 truncate rounded-[2px] px-1 font-medium text-2xs"
      style={{
        left: `${clampPercent((left / size.width) * 100)}%`,
        top: `${clampPercent((top / size.height) * 100)}%`,
        transform: isAtTop ? undefined : 'translateY(-100%)',
        background: css,
        color: text,
      }}
    >
      {shape.name} {shape.confidence.toFixed(2)}
    </span>
  );
}

/** The picture of a request as this browser can show it, upright; null for what it cannot. */
function usePicture(source: ImageSource): Loaded | null {
  const [loaded, setLoaded] = useState<Loaded | null>(null);

  // Synchronises with an object URL, which lives until it is revoked, and with the network where the image has an address.
  useEffect(() => {
    const abort = new AbortController();
    let url: string | null = null;
    async function load(): Promise<void> {
      const blob = source.kind === 'file' ? source.file : (await imageFromUrl(source.url, abort)).blob;
      if (!blob || abort.signal.aborted) return;
      url = URL.createObjectURL(blob);
      const image = new Image();
      image.src = url;
      await image.decode();
      if (!abort.signal.aborted) setLoaded({ url, width: image.naturalWidth, height: image.naturalHeight });
    }
    // What this browser cannot fetch or decode, the server still could: the reply stands without its picture.
    load().catch(() => setLoaded(null));
    return () => {
      abort.abort();
      setLoaded(null);
      if (url !== null) URL.revokeObjectURL(url);
    };
  }, [source]);

  return loaded;
}

function summary({ shapes }: DrawnReply): string {
  if (shapes.length === 0) return 'Nothing was found at these thresholds.';
  const [best] = shapes;
  if (best && best.corners.length === 0) {
    return shapes.map(({ name, confidence }) => `${name} ${confidence.toFixed(2)}`).join(', ');
  }
  const counts = new Map<string, number>();
  for (const { name } of shapes) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => `${count} × ${name}`).join(', ');
}

function pointList(points: ReplyShape['corners']): string {
  return points.map(([x, y]) => `${x},${y}`).join(' ');
}

function clampPercent(value: number): number {
  return Math.min(96, Math.max(0, value));
}

function parsedBody(body: Exchange['reply']['body']): unknown {
  if (body.kind === 'file') return null;
  try {
    return JSON.parse(body.text);
  } catch {
    return null;
  }
}
