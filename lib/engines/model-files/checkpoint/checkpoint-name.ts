/** Whether a file's name says that it is PyTorch's: then whatever is wrong with it is told as of one. */
export function hasCheckpointName(name: string): boolean {
  return /\.(pt|pth)$/i.test(name);
}
