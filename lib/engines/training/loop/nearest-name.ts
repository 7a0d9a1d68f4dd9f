/** Words that differ in more letters than this share are not meant for one another. */
const tolerance = 0.4;

/** The name that a misspelt word most likely means; null where none is near. */
export function nearestName(word: string, names: Iterable<string>): string | null {
  let best: string | null = null;
  let least = Math.max(1, Math.floor(word.length * tolerance)) + 1;
  for (const name of names) {
    const distance = editDistance(word.toLowerCase(), name.toLowerCase());
    if (distance >= least) continue;
    least = distance;
    best = name;
  }
  return best;
}

/** Letters to insert, delete or exchange (Levenshtein). */
function editDistance(one: string, other: string): number {
  let previous = Array.from({ length: other.length + 1 }, (_, k) => k);
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let k = 1; k <= other.length; k++) {
      const exchanged = previous[k - 1] + (one[i - 1] === other[k - 1] ? 0 : 1);
      row.push(Math.min(exchanged, previous[k] + 1, row[k - 1] + 1));
    }
    previous = row;
  }
  return previous[other.length];
}
