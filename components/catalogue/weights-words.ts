import { formatBytes } from '@/components/ui/format';
import type { Task } from '@/lib/core/task';
import type { CatalogueEntry } from '@/lib/domain/catalogue/schema';

/** Families as their publisher writes them, newest first. */
export const familyTabs = [
  { value: 'yolo26', label: 'YOLO26' },
  { value: 'yolo11', label: 'YOLO11' },
  { value: 'yolov8', label: 'YOLOv8' },
] as const;
export type Family = (typeof familyTabs)[number]['value'];

/** What a task's models find, as a heading. */
export const taskHeadings: Readonly<Record<Task, string>> = {
  detect: 'Detect',
  segment: 'Segment',
  pose: 'Pose',
  obb: 'Oriented boxes',
  classify: 'Classify',
  semantic: 'Semantic',
  depth: 'Depth',
};

const scaleWords: Readonly<Record<CatalogueEntry['scale'], string>> = {
  n: 'nano',
  s: 'small',
  m: 'medium',
  l: 'large',
  x: 'extra large',
};

/** “nano · about 6 MB”, or the exact size once it is known. */
export function sizeWords({ scale, totalBytes, approximateBytes }: CatalogueEntry): string {
  const size = totalBytes === null ? `about ${formatBytes(approximateBytes)}` : formatBytes(totalBytes);
  return `${scaleWords[scale]} · ${size}`;
}

/** “3.1 of 6.2 MB”, or how much of an unknown length is there. */
export function progressWords({ state, receivedBytes, totalBytes }: CatalogueEntry): string {
  if (state === 'waiting') return 'Waiting for the download to begin…';
  if (totalBytes === null) return `${formatBytes(receivedBytes)} so far`;
  return receivedBytes >= totalBytes
    ? 'Checking the file…'
    : `${formatBytes(receivedBytes)} of ${formatBytes(totalBytes)}`;
}

/**
 * The state as this workspace may see it: what others fetched is not theirs before they accepted the licence, and then it is
 * there at once.
 */
export function ownState({ state, isLicenseAccepted }: CatalogueEntry): CatalogueEntry['state'] {
  return isLicenseAccepted ? state : 'absent';
}

/** The entries of a family by task, in the catalogue's order. */
export function byTask(
  entries: readonly CatalogueEntry[],
  family: Family,
): readonly { readonly task: Task; readonly trainedOn: string; readonly entries: readonly CatalogueEntry[] }[] {
  const groups = new Map<Task, CatalogueEntry[]>();
  for (const entry of entries) {
    if (entry.family === family) groups.set(entry.task, [...(groups.get(entry.task) ?? []), entry]);
  }
  return [...groups].map(([task, group]) => ({ task, trainedOn: group[0]?.trainedOn ?? '', entries: group }));
}
