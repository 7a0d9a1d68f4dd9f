/** How long a browser may take to begin a download from an object URL. */
const releaseAfterMilliseconds = 60_000;

/** Saves bytes as a file under the browser's own rules. */
export function downloadBlob(blob: Blob, fileName: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), releaseAfterMilliseconds);
}
