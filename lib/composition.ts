import { availableParallelism, totalmem } from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { present } from '@/lib/core/assert';
import { type Environment, env } from '@/lib/core/env';
import type { Services, WeightsSource } from '@/lib/domain/context';
import { connectDatabase } from '@/lib/platform/db/database';
import { errorWithoutValues } from '@/lib/platform/db/error-without-values';
import { isMigrated } from '@/lib/platform/db/migration-state';
import { createInferencePool } from '@/lib/platform/inference/inference-pool';
import { connectJobs } from '@/lib/platform/jobs/pg-boss-jobs';
import { databaseRateLimiter } from '@/lib/platform/limiter/sliding-window';
import { smtpMailer } from '@/lib/platform/mail/smtp-mailer';
import { prometheusMetrics } from '@/lib/platform/metrics/metrics';
import { createGuardedDownload } from '@/lib/platform/network/guarded-download';
import { createGuardedFetch } from '@/lib/platform/network/guarded-fetch';
import { serverSecret } from '@/lib/platform/secrets/server-secret';
import { createStorage } from '@/lib/platform/storage/create-storage';
import { createResumableFiles } from '@/lib/platform/storage/resumable-file';
import type { S3Settings } from '@/lib/platform/storage/s3-shelf';

/** Services with what only their owner asks: whether the database has this version's tables, and the way to end them. */
export type RunningServices = Services & { isMigrated(): Promise<boolean>; close(): Promise<void> };

const mebibyte = 2 ** 20;

/** Connections of one process: a handful of requests at once keeps two cores busy. */
const poolSize = 10;

/** What one model may occupy at most, whatever the machine has. */
const largestModelBytes = 4096 * mebibyte;

/** Where the publisher of the official weights keeps them: its release page, and the stores that page leads to. */
const weightsHosts = [
  'github.com:443',
  'objects.githubusercontent.com:443',
  'release-assets.githubusercontent.com:443',
];

/** Route handlers and pages are separate module graphs in Next: what they share hangs here. */
const shared = globalThis as typeof globalThis & { sightlineServices?: Promise<RunningServices> };

/** The services of this process, made on the first call: the one place that picks adapters by the environment. */
export function services(): Promise<RunningServices> {
  shared.sightlineServices ??= makeServices(env).catch((error: unknown) => {
    shared.sightlineServices = undefined;
    createLog(env).fatal({ err: error }, 'services could not be started');
    throw error;
  });
  return shared.sightlineServices;
}

/** Services for an environment of its own, for a worker process or a test. */
export async function makeServices(settings: Environment): Promise<RunningServices> {
  const dataFolder = path.resolve(settings.DATA_DIR);
  const url = present(settings.DATABASE_URL, 'DATABASE_URL (npm start sets it for the embedded database)');
  const secret = await serverSecret(dataFolder, settings.SIGHTLINE_SECRET);
  const connection = connectDatabase(url, { poolSize });
  const log = createLog(settings);
  const jobs = await connectJobs({ url, log });
  const mailer = settings.SMTP_URL === undefined ? null : smtpMailer(settings.SMTP_URL, settings.MAIL_FROM);
  const inference = createInferencePool(inferenceLimits(settings));
  return {
    db: connection.db,
    storage: createStorage({ dataFolder, s3: s3Settings(settings) }),
    resumable: createResumableFiles(dataFolder),
    jobs,
    limiter: databaseRateLimiter(connection.db),
    metrics: prometheusMetrics(),
    inference,
    fetchSource: createGuardedFetch({ allowedHosts: settings.SOURCE_ALLOWED_HOSTS }),
    weightsSource: weightsSource(settings),
    mailer,
    log,
    now: () => new Date(),
    secret,
    origin: (settings.SIGHTLINE_URL ?? settings.NEXTAUTH_URL ?? `http://localhost:${settings.PORT}`).replace(
      /\/+$/,
      '',
    ),
    isMigrated: () => isMigrated(connection.db),
    async close() {
      await inference.close();
      await jobs.close();
      mailer?.close();
      await connection.close();
    },
  };
}

/** Structured lines. Secrets are never handed to the log; should one slip into an object or a failed query, it is cut out. */
function createLog({ LOG_LEVEL }: Environment): pino.Logger {
  return pino({
    level: LOG_LEVEL,
    base: { process: process.title === 'sightline-worker' ? 'worker' : 'web' },
    serializers: {
      err: (error) => (error instanceof Error ? pino.stdSerializers.err(errorWithoutValues(error)) : error),
    },
    redact: {
      paths: ['*.authorization', '*.cookie', '*["x-api-key"]', '*.password', '*.token', '*.key', '*.secret'],
      censor: '[redacted]',
    },
  });
}

function inferenceLimits({ INFERENCE_MEMORY_MB, INFERENCE_THREADS }: Environment) {
  const maximumMemoryBytes = INFERENCE_MEMORY_MB === undefined ? totalmem() / 4 : INFERENCE_MEMORY_MB * mebibyte;
  return {
    maximumMemoryBytes,
    modelMemoryBytes: Math.min(largestModelBytes, maximumMemoryBytes),
    threads: INFERENCE_THREADS ?? availableParallelism(),
  };
}

function weightsSource(settings: Environment): WeightsSource {
  return {
    baseUrl: settings.CATALOGUE_BASE_URL.replace(/\/+$/, ''),
    maximumBytes: settings.CATALOGUE_MAXIMUM_MB * mebibyte,
    download: createGuardedDownload({ publicHosts: weightsHosts, allowedHosts: settings.CATALOGUE_ALLOWED_HOSTS }),
  };
}

function s3Settings(settings: Environment): S3Settings | undefined {
  const { STORAGE_S3_BUCKET: bucket, STORAGE_S3_ACCESS_KEY_ID: accessKeyId } = settings;
  if (bucket === undefined) return undefined;
  const secretAccessKey = settings.STORAGE_S3_SECRET_ACCESS_KEY;
  return {
    bucket,
    region: settings.STORAGE_S3_REGION,
    endpoint: settings.STORAGE_S3_ENDPOINT,
    credentials: accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey } : undefined,
    forcePathStyle: settings.STORAGE_S3_FORCE_PATH_STYLE,
  };
}
