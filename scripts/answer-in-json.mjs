// What Next answers with an empty body, or not at all, in the words of the API: scripts expect JSON wherever they call.
import { randomBytes } from 'node:crypto';

/** Next breaks on any other one. */
const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

const longestPath = 200;

const badlyEncoded = {
  status: 400,
  code: 'VALIDATION_ERROR',
  message: 'The address is not well encoded: expected UTF-8 behind each %.',
};

/** Answers a request that Next cannot read, and says whether it did. */
export function refuseUnreadable(request, response) {
  const refusal = methods.has(request.method) ? badlyEncoded : refusedMethod(request);
  if (refusal === badlyEncoded && isReadable(request.url)) return false;
  response.end(prepare(request, response, refusal));
  return true;
}

/** Gives the refusals of methods that Next sends for known paths of the API the body that every other refusal has. */
export function explainRefusedMethods(request, response) {
  if (surfaceOf(request.url) === null) return;
  const { writeHead, end } = response;
  let explanation;
  // Next writes the head of such a reply first, and then ends it without a word.
  response.writeHead = function writeHeadOfJson(...words) {
    const isBare = response.statusCode === 405 && !response.hasHeader('Content-Type');
    if (isBare) explanation = prepare(request, response, refusedMethod(request));
    return writeHead.apply(response, words);
  };
  response.end = function endWithExplanation(...content) {
    return explanation === undefined ? end.apply(response, content) : end.call(response, explanation);
  };
}

function refusedMethod({ method, url }) {
  const path = url.split('?', 1)[0].slice(0, longestPath);
  return { status: 405, code: 'METHOD_NOT_ALLOWED', message: `There is no ${method} ${path}. See /api/docs.` };
}

/** Sets status and headers of a refusal, and gives its body. */
function prepare(request, response, { status, code, message }) {
  const surface = surfaceOf(request.url);
  response.statusCode = status;
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Content-Type', surface === null ? 'text/plain; charset=utf-8' : 'application/json');
  if (surface === null) return `${message}\n`;
  response.setHeader('X-Request-Id', `req_${randomBytes(10).toString('hex')}`);
  return JSON.stringify(surface === 'hub' ? { success: false, message } : { success: false, error: { code, message } });
}

function surfaceOf(url) {
  const [, surface] = /^\/(api|v1)(?=[/?]|$)/.exec(url) ?? [];
  if (surface === undefined) return null;
  return surface === 'v1' ? 'hub' : 'platform';
}

function isReadable(url) {
  try {
    decodeURIComponent(url.split('?', 1)[0]);
    return URL.canParse(url, 'http://localhost');
  } catch {
    return false;
  }
}
