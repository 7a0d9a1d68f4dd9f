/** The exit status of what SIGINT ended at once. */
const endedStatus = 130;

/**
 * A signal that aborts on the first Ctrl-C (or a stop by the system), so that work can end in good order; the second one ends the
 * process at once. Release it when the work is done.
 */
export function stopOnInterrupt(onFirst: () => void): { readonly signal: AbortSignal; release(): void } {
  const controller = new AbortController();
  const interrupt = (): void => {
    if (controller.signal.aborted) process.exit(endedStatus);
    controller.abort();
    onFirst();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  return {
    signal: controller.signal,
    release() {
      process.off('SIGINT', interrupt);
      process.off('SIGTERM', interrupt);
    },
  };
}
