/** What the branch of many anchors for an object counts in the first epoch and in the last one; the field's. */
const [firstShare, lastShare] = [0.8, 0.1];

/**
 * What the branch of many anchors for an object counts in an epoch (from 0), 0–1; the branch of one anchor counts the rest. It
 * teaches the network to see first, and leaves the end to the branch that answers (YOLO26's heads): the share falls along a line.
 */
export function branchShare(epoch: number, epochs: number): number {
  const left = Math.max(1 - epoch / Math.max(epochs - 1, 1), 0);
  return lastShare + (firstShare - lastShare) * left;
}
