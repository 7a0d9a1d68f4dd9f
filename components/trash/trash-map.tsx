import { squarify } from '@/components/trash/squarify';
import { formatBytes } from '@/components/ui/format';
import type { TrashItem } from '@/lib/domain/trash/schema';

/** The map is laid out in these units and stretched to its box. */
const width = 1000;
const height = 160;
/** Tiles below this share of the width could not be read or hit. */
const leastWordsWidth = 90;

/** What takes how much room in the trash: the largest catch the eye. The table below says the same in words. */
export function TrashMap({ items }: { readonly items: readonly TrashItem[] }) {
  const sized = items.filter(({ sizeBytes }) => sizeBytes > 0).sort((a, b) => b.sizeBytes - a.sizeBytes);
  if (sized.length < 3) return null;
  const tiles = squarify(
    sized.map(({ sizeBytes }) => sizeBytes),
    width,
    height,
  );
  return (
    <div aria-hidden className="relative h-24 overflow-hidden rounded-panel border max-sm:hidden">
      {tiles.map((tile, index) => {
        const item = sized[index];
        if (!item) return null;
        return (
          <div
            key={item.id}
            data-tip={`${item.name} · ${formatBytes(item.sizeBytes)}`}
            className="absolute p-px"
            style={{
              left: `${(tile.x / width) * 100}%`,
              top: `${(tile.y / height) * 100}%`,
              width: `${(tile.width / width) * 100}%`,
              height: `${(tile.height / height) * 100}%`,
            }}
          >
            <div
              className={`size-full overflow-hidden rounded-chip px-2 py-1 text-2xs ${
                item.type === 'project' ? 'bg-accent-soft' : 'bg-hover'
              }`}
            >
              {tile.width > leastWordsWidth && (
                <>
                  <span className="block truncate font-medium text-strong">{item.name}</span>
                  <span className="block truncate text-muted">{formatBytes(item.sizeBytes)}</span>
                </>
              )}
            </div>
          </div>
        );
      })}
    </div>
  );
}
