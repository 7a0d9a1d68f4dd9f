import { Fault } from '@/lib/core/fault';

/** Ends a download for good: the reason is for whoever looks at the catalogue. */
export class DownloadFailed extends Error {
  /** Whether the bytes that arrived are good for nothing, so that another try begins anew. */
  readonly isSpoilt: boolean;

  constructor(reason: string, { isSpoilt }: { readonly isSpoilt: boolean }) {
    super(reason);
    this.name = 'DownloadFailed';
    this.isSpoilt = isSpoilt;
  }
}

/** What a person can do without us. */
function byHand(address: string): string {
  return `To place the file by hand, download ${address} with a browser and drop the .pt on the test page or into a project.`;
}

/** The publisher cannot be reached, or breaks off again and again. */
function publisherAway(address: string, cause: Fault): DownloadFailed {
  return new DownloadFailed(
    `The publisher of the weights could not be reached, or did not give the file: ${cause.found} Try again once this server has internet. ${byHand(address)}`,
    { isSpoilt: false },
  );
}

/** The address leads where nothing may be fetched from. */
function forbiddenPlace(address: string, { found, remedy }: Fault): DownloadFailed {
  return new DownloadFailed(`${found} ${remedy} ${byHand(address)}`, { isSpoilt: false });
}

export function fileTooLarge(maximumBytes: number): DownloadFailed {
  return new DownloadFailed(
    `The publisher's server sends more than the ${Math.floor(maximumBytes / 2 ** 20)} MB that a file of the catalogue may have here, so the download was stopped. Who runs this server can raise CATALOGUE_MAXIMUM_MB.`,
    { isSpoilt: true },
  );
}

/** A connection that was closed in order, only too soon: the next one may bring the rest. */
export function endedEarly(receivedBytes: number, totalBytes: number): Fault {
  return new Fault({
    code: 'url-unreachable',
    found: `The connection ended after ${receivedBytes} of ${totalBytes} bytes.`,
    remedy: 'Try again.',
  });
}

/** More bytes than the publisher's server had announced. */
export function moreThanAnnounced(totalBytes: number): DownloadFailed {
  return new DownloadFailed(
    `The publisher's server announced ${totalBytes} bytes and sent more, so the download was stopped. Try again later.`,
    { isSpoilt: true },
  );
}

export function notWeights(found: string, address: string): DownloadFailed {
  return new DownloadFailed(
    `What arrived is not the weights: ${found} Something between this server and the publisher may have answered instead. ${byHand(address)}`,
    { isSpoilt: true },
  );
}

export function changedFile(knownSha256: string, sha256: string): DownloadFailed {
  return new DownloadFailed(
    `The file at the publisher's address is another one than when it was first downloaded here (SHA-256 ${knownSha256} then, ${sha256} now), so it was refused. Check with the publisher which one is genuine, and upload that as a model.`,
    { isSpoilt: true },
  );
}

/** The words of whatever ended a download, when it can be told; null for defects of ours. */
export function asFailure(error: unknown, address: string): DownloadFailed | null {
  if (error instanceof DownloadFailed) return error;
  if (!(error instanceof Fault)) return null;
  return error.code === 'url-unreachable' ? publisherAway(address, error) : forbiddenPlace(address, error);
}
