import { Fault, type PlainFault } from '@/lib/core/fault';

/** The answer to calls of a page that is being left. */
export function closedFault(): Fault {
  return new Fault({ code: 'cancelled', found: 'The predictor was closed.', remedy: 'Open the page again.' });
}

/** What to say of a worker that threw: memory is the usual reason. */
export function crashFault(message: string | undefined): PlainFault {
  if (/out of memory|allocation|memory access/i.test(message ?? '')) {
    return {
      code: 'out-of-memory',
      found: 'The browser ran out of memory while predicting and stopped the predictor, which was started again.',
      remedy: 'Choose a smaller image size or a smaller model, then try again.',
    };
  }
  return {
    code: 'runtime-failed',
    found: `The predictor stopped${message ? `: “${message}”` : ''} and was started again.`,
    remedy: 'Try again; reload the page if it keeps happening.',
  };
}

/** What to say of a worker that has not answered for so long that it was replaced. */
export function silentFault(minutes: number): PlainFault {
  return {
    code: 'out-of-memory',
    found: `The predictor has not answered for ${minutes} minutes, as it does when memory runs out; it was started again.`,
    remedy: 'Choose a smaller image size or a smaller model, then try again.',
  };
}
