// Serves the built application. Our own small server instead of `next start`, because Next takes the caller's word for
// X-Forwarded-For: anyone could write another address there and slip under every limit that counts by address.
import { createServer } from 'node:http';
import next from 'next';
import { explainRefusedMethods, refuseUnreadable } from './answer-in-json.mjs';
import { sendTogether } from './send-together.mjs';

const port = Number(process.env.PORT ?? 3000);
const hostname = process.env.LISTEN_ADDRESS;
const trustsProxy = process.env.TRUST_PROXY === '1' || process.env.TRUST_PROXY === 'true';

/** Requests that have not sent their head by then are cut off; bodies may take as long as a gigabyte takes. */
const headersTimeoutMilliseconds = 30_000;

/** Longest wait for running requests when the server is told to stop. */
const drainMilliseconds = 15_000;

/** How often connections are looked for then on which nothing is asked any more. */
const idleLookMilliseconds = 100;

const app = next({ dev: process.argv[2] === 'dev', port, hostname: 'localhost' });
await app.prepare();
const handle = app.getRequestHandler();

let stopping = false;

const server = createServer((request, response) => {
  const sender = request.socket.remoteAddress ?? 'unknown';
  const given = request.headers['x-forwarded-for'];
  request.headers['x-forwarded-for'] = trustsProxy && typeof given === 'string' ? `${given}, ${sender}` : sender;
  if (!trustsProxy) {
    delete request.headers['x-forwarded-host'];
    request.headers['x-forwarded-proto'] = 'http';
  }
  // A caller who keeps a connection open would otherwise stay with a server that leaves.
  if (stopping) response.setHeader('Connection', 'close');
  if (refuseUnreadable(request, response)) return;
  explainRefusedMethods(request, response);
  sendTogether(response);
  handle(request, response).catch((error) => {
    console.error(error);
    if (!response.headersSent) response.statusCode = 500;
    response.end();
  });
});
server.headersTimeout = headersTimeoutMilliseconds;
server.requestTimeout = 0;
server.on('error', (error) => {
  console.error(
    error.code === 'EADDRINUSE'
      ? `Port ${port} is taken. Stop what listens there, or choose another one: PORT=3001 npm start`
      : error.message,
  );
  process.exit(1);
});
server.listen(port, hostname, () => {
  console.log(`Sightline listens on http://localhost:${server.address().port}`);
  // The supervisor starts again what was ready once, and gives up what never was.
  process.send?.('ready');
});

function stop() {
  if (stopping) return;
  stopping = true;
  server.close(() => process.exit(0));
  setInterval(() => server.closeIdleConnections(), idleLookMilliseconds).unref();
  setTimeout(() => process.exit(0), drainMilliseconds).unref();
}
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
