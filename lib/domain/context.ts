import type { Logger } from 'pino';
import { DomainError } from '@/lib/core/errors';
import { allows, type Scope } from '@/lib/core/scopes';
import type { Database } from '@/lib/platform/db/database';
import type { InferencePool } from '@/lib/platform/inference/inference-pool';
import type { Jobs } from '@/lib/platform/jobs/jobs';
import type { RateLimiter } from '@/lib/platform/limiter/sliding-window';
import type { Mailer } from '@/lib/platform/mail/mailer';
import type { Metrics } from '@/lib/platform/metrics/metrics';
import type { GuardedDownload } from '@/lib/platform/network/guarded-download';
import type { GuardedFetch } from '@/lib/platform/network/guarded-fetch';
import type { ResumableFiles } from '@/lib/platform/storage/resumable-file';
import type { Storage } from '@/lib/platform/storage/storage';

/** Who acts. */
export type Actor =
  | { readonly kind: 'session'; readonly userId: string; readonly sessionId: string }
  | { readonly kind: 'key'; readonly userId: string; readonly apiKeyId: string; readonly scopes: readonly string[] }
  | { readonly kind: 'system' };

/** Where the files of the catalogue come from. */
export type WeightsSource = {
  /** Address of the folder they lie in, without a slash at the end. */
  readonly baseUrl: string;
  /** Most bytes that one may have. */
  readonly maximumBytes: number;
  readonly download: GuardedDownload;
};

/** What verbs are given besides their input, so that tests need no module mocks. */
export type Services = {
  readonly db: Database;
  readonly storage: Storage;
  readonly resumable: ResumableFiles;
  readonly jobs: Jobs;
  readonly limiter: RateLimiter;
  readonly metrics: Metrics;
  readonly inference: InferencePool;
  readonly fetchSource: GuardedFetch;
  readonly weightsSource: WeightsSource;
  /** Null where no mail server is set: letters go to the log and to the administrators' list. */
  readonly mailer: Mailer | null;
  readonly log: Logger;
  now(): Date;
  /** The server's secret, for signing and sealing; from it each purpose derives a key of its own. */
  readonly secret: string;
  /** The origin people and scripts reach this server at, without a slash at the end. */
  readonly origin: string;
};

/** A verb acts for somebody in a workspace. */
export type Context = Services & {
  readonly actor: Actor;
  readonly workspaceId: string;
  readonly plan: Plan;
  readonly requestId: string;
};

export type Plan = 'free' | 'pro' | 'enterprise';

/** The gate at the head of every verb. Throws `FORBIDDEN`, naming the scope the key lacks. */
export function requireScope({ actor }: Context, scope: Scope): void {
  if (actor.kind !== 'key' || allows(actor.scopes, scope)) return;
  throw new DomainError(
    'FORBIDDEN',
    `This API key may not do that: it lacks the scope “${scope}” and has ${actor.scopes.map((held) => `“${held}”`).join(', ')}. Create a key with that scope.`,
  );
}

/** The user behind the request. Throws `FORBIDDEN` for what the system does by itself. */
export function actingUserId({ actor }: Context): string {
  if (actor.kind === 'system') throw new DomainError('FORBIDDEN', 'Only a signed-in person may do that.');
  return actor.userId;
}
