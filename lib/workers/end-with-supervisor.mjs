// Loaded before the web server and the worker (node --import): when their supervisor is gone, however it ended, they stop
// as if they had been asked to, so that the next start finds neither an occupied port nor a second worker.
// Listening keeps a process alive: each of them ends by process.exit.
const patienceMilliseconds = 20_000;

if (process.channel) {
  process.on('disconnect', () => {
    setTimeout(() => process.exit(1), patienceMilliseconds).unref();
    process.kill(process.pid, 'SIGTERM');
  });
}
