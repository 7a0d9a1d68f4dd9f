// Stands where the web server stands: answers every request with its process number and the database it was given.
import { createServer } from 'node:http';
import { env } from 'node:process';

const server = createServer((request, response) => {
  if (request.url === '/die') process.exit(7);
  response.end(JSON.stringify({ processId: process.pid, url: env.DATABASE_URL }));
});
const [port, failure] = process.argv.slice(2);
if (failure !== undefined) process.exit(Number(failure));
server.listen(Number(port), '127.0.0.1', () => {
  console.log('web ready');
  process.send('ready');
});
process.on('SIGTERM', () => {
  console.log('web stops');
  process.exit(0);
});
