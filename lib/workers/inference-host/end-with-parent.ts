/**
 * Ends this process when its parent is gone, which closes the channel between them. By force: an ordinary exit would wait for
 * the session's thread, and a hostile network never ends.
 */
export function endWithParent(): void {
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
}
