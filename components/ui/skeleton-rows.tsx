/** Stands in for a list that takes longer than a moment; announced once. */
export function SkeletonRows({ count, height, label }: { count: number; height: number; label: string }) {
  return (
    <div role="status" className="grid gap-2">
      <span className="sr-only">{label}</span>
      {Array.from({ length: count }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows that stand for nothing have no other identity
        <div key={index} className="skeleton" style={{ height }} />
      ))}
    </div>
  );
}
