/** Windows opens devices by these names, whatever the extension. */
const deviceNames = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])$/i;

/** In code points: at four bytes each it stays below the 255 bytes of a file name, with room for a number and an extension. */
const longestStem = 56;

/** File name of a path of either separator. */
export function baseName(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? '';
}

/** A model's name for documents: its file name without folder and ending. */
export function modelNameOf(path: string): string {
  return baseName(path).replace(/\.(onnx|pt|pth)$/i, '');
}

/**
 * A file name without extension for each image name, in order: free of folders, of characters and device names that a
 * system forbids, and unique without regard to case (`bus`, `bus-2`). The same names always give the same stems.
 */
export function fileStems(imageNames: readonly string[]): string[] {
  const taken = new Set<string>();
  return imageNames.map((imageName) => {
    const stem = safeStem(imageName);
    let candidate = stem;
    for (let number = 2; taken.has(candidate.toLowerCase()); number++) candidate = `${stem}-${number}`;
    taken.add(candidate.toLowerCase());
    return candidate;
  });
}

function safeStem(imageName: string): string {
  const stem = baseName(imageName)
    .normalize('NFC')
    .replace(/\.[^.]*$/, '')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}<>:"|?*]/gu, '_');
  const short = [...stem].slice(0, longestStem).join('');
  const trimmed = short.replace(/^[\s.]+|[\s.]+$/g, '');
  if (trimmed === '') return 'image';
  return deviceNames.test(trimmed.split('.')[0] ?? '') ? `_${trimmed}` : trimmed;
}
