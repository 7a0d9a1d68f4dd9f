/** How far back the rate looks: long enough to be calm, short enough to follow a changing connection. */
const windowMilliseconds = 8000;
/** A rate over less time is noise. */
const shortestSpanMilliseconds = 400;

export type TransferRate = {
  /** Notes how many bytes were sent up to a moment in milliseconds. A smaller count than before begins anew. */
  note(sentBytes: number, at: number): void;
  /** Bytes per second over the last seconds; null while that is not known. */
  bytesPerSecond(): number | null;
};

/** Measures a transfer by its last seconds. */
export function createTransferRate(): TransferRate {
  let samples: { readonly sentBytes: number; readonly at: number }[] = [];
  return {
    note(sentBytes, at) {
      const last = samples.at(-1);
      if (last && sentBytes < last.sentBytes) samples = [];
      samples.push({ sentBytes, at });
      // One sample beyond the window stays, so that the span is never shorter than it while bytes flow slowly.
      while (samples.length > 2 && at - samples[1].at > windowMilliseconds) samples.shift();
    },
    bytesPerSecond() {
      const [first] = samples;
      const last = samples.at(-1);
      if (!first || !last) return null;
      const span = last.at - first.at;
      if (span < shortestSpanMilliseconds) return null;
      return ((last.sentBytes - first.sentBytes) * 1000) / span;
    },
  };
}

/** Milliseconds until the rest has been sent at this rate; null when it does not move. */
export function timeLeft(leftBytes: number, bytesPerSecond: number | null): number | null {
  if (bytesPerSecond === null || bytesPerSecond <= 0) return null;
  return (leftBytes / bytesPerSecond) * 1000;
}
