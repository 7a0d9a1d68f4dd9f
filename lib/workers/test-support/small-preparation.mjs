// Stands where the preparation stands: says that it ran, or goes on for ever.
if (process.argv[2] === 'endless') {
  console.log('prepares');
  setInterval(() => undefined, 1000);
} else {
  console.log('prepared');
  process.exit(0);
}
