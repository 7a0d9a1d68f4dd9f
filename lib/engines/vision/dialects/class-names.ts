/** One class with its probability or its share of the image. */
export type ClassShare = { readonly classId: number; readonly name: string; readonly share: number };

/** The name of a class; `class7` where the model has none for it. */
export function className(names: readonly string[], classId: number): string {
  return names[classId] ?? `class${classId}`;
}

/** The `count` likeliest classes, best first; of equals the lower index first. */
export function topClasses(probabilities: Float32Array, names: readonly string[], count: number): ClassShare[] {
  return Array.from(probabilities, (share, classId) => ({ classId, name: className(names, classId), share }))
    .sort((a, b) => b.share - a.share || a.classId - b.classId)
    .slice(0, count);
}

/** The classes present in a class map by rising index, each with the fraction 0–1 of pixels that it covers. */
export function classShares(classMap: Uint8Array | Uint16Array | Int32Array, names: readonly string[]): ClassShare[] {
  const counts = new Map<number, number>();
  for (const classId of classMap) counts.set(classId, (counts.get(classId) ?? 0) + 1);
  return [...counts]
    .sort(([a], [b]) => a - b)
    .map(([classId, pixels]) => ({ classId, name: className(names, classId), share: pixels / classMap.length }));
}
