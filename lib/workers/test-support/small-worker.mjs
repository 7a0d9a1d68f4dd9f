// Stands where the worker stands: says its process number.
console.log(`worker ${process.pid} ready`);
const stay = setInterval(() => undefined, 60_000);
process.on('SIGTERM', () => {
  console.log('worker stops');
  clearInterval(stay);
  process.exit(0);
});
