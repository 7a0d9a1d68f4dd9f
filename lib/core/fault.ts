import { isBranded } from '@/lib/core/brand';

/**
 * Everything that can go wrong with something a person handed us. The code is for programs (tests, exit paths,
 * telemetry-free logs); the sentences are for the person.
 */
const faultCodes = [
  'model-not-onnx',
  'model-truncated',
  'model-external-data',
  'model-unknown-operator',
  'model-unreadable-output',
  'model-unreadable-input',
  'model-too-large',
  'model-too-slow',
  'model-crashed',
  'model-not-checkpoint',
  'model-unsupported',
  'model-unsafe',
  'model-damaged',
  'model-not-finite',
  'image-empty',
  'image-not-an-image',
  'image-unsupported-format',
  'image-truncated',
  'image-too-large',
  'video-unreadable',
  'camera-unavailable',
  'url-unreachable',
  'url-refused',
  'out-of-memory',
  'device-lost',
  'runtime-failed',
  'input-invalid',
  'file-not-found',
  'cancelled',
] as const;

export type FaultCode = (typeof faultCodes)[number];

const brand = Symbol.for('sightline.fault');

/** A fault without its stack: what crosses a worker boundary and what the page keeps in its state. */
export type PlainFault = {
  code: FaultCode;
  /** One sentence: what was expected and what was found instead. */
  found: string;
  /** One sentence: what the person can do about it. */
  remedy: string;
};

/**
 * An error caused by what a person gave us, told in two sentences: what was found and what to do.
 * Programming errors stay ordinary `Error`s, so that they are never shown as if they were the person's fault.
 */
export class Fault extends Error {
  static override [Symbol.hasInstance](value: unknown): boolean {
    // biome-ignore lint/complexity/noThisInStatic: a subclass inherits this and asks for itself.
    return isBranded(value, brand, this, Fault);
  }

  readonly [brand] = true;
  readonly code: FaultCode;
  readonly found: string;
  readonly remedy: string;

  constructor({ code, found, remedy }: PlainFault, options?: ErrorOptions) {
    super(`${found} ${remedy}`, options);
    this.name = 'Fault';
    this.code = code;
    this.found = found;
    this.remedy = remedy;
  }

  toPlain(): PlainFault {
    return { code: this.code, found: this.found, remedy: this.remedy };
  }
}
