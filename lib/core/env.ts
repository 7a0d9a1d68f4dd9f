import { z } from 'zod';
import { platformKeyPattern } from '@/lib/core/platform-key';

const flag = z
  .enum(['0', '1', 'false', 'true'])
  .transform((word) => word === '1' || word === 'true')
  .default(false);
const whole = z.coerce.number().int();
/** A comma-separated list without empty entries. */
const list = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((entry) => entry.trim())
      .filter((entry) => entry !== ''),
  );

/** Every variable the program knows. `.env.example` lists the same ones (a test compares). */
const environmentSchema = z
  .object({
    NODE_ENV: z.enum(['development', 'production', 'test']).default('production'),
    PORT: whole.min(0).max(65_535).default(3000),
    LISTEN_ADDRESS: z.string().optional(),
    DATA_DIR: z.string().min(1).default('./data'),
    DATABASE_URL: z
      .string()
      .regex(/^postgres(ql)?:\/\//, 'expected postgres://user:password@host:port/name')
      .optional(),
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),

    SIGHTLINE_SECRET: z.string().min(32, 'expected at least 32 characters').optional(),
    SIGHTLINE_URL: z.url().optional(),
    NEXTAUTH_URL: z.url().optional(),
    TRUST_PROXY: flag,
    METRICS_TOKEN: z.string().min(16, 'expected at least 16 characters').optional(),
    LIMITS_OFF: flag,

    STORAGE_S3_BUCKET: z.string().optional(),
    STORAGE_S3_REGION: z.string().default('us-east-1'),
    STORAGE_S3_ENDPOINT: z.url().optional(),
    STORAGE_S3_ACCESS_KEY_ID: z.string().optional(),
    STORAGE_S3_SECRET_ACCESS_KEY: z.string().optional(),
    STORAGE_S3_FORCE_PATH_STYLE: flag,

    SOURCE_ALLOWED_HOSTS: list,
    CATALOGUE_BASE_URL: z.url().default('https://github.com/ultralytics/assets/releases/download/v8.4.0'),
    CATALOGUE_ALLOWED_HOSTS: list,
    CATALOGUE_MAXIMUM_MB: whole.min(1).max(1_048_576).default(1024),
    INFERENCE_MEMORY_MB: whole.min(256).optional(),
    INFERENCE_THREADS: whole.min(1).max(256).optional(),

    SMTP_URL: z
      .string()
      .regex(/^smtps?:\/\//, 'expected smtp://user:password@host:port')
      .optional(),
    MAIL_FROM: z.string().default('Sightline <sightline@localhost>'),

    GITHUB_CLIENT_ID: z.string().optional(),
    GITHUB_CLIENT_SECRET: z.string().optional(),
    GOOGLE_CLIENT_ID: z.string().optional(),
    GOOGLE_CLIENT_SECRET: z.string().optional(),
    OIDC_NAME: z.string().default('Single sign-on'),
    OIDC_ISSUER: z.url().optional(),
    OIDC_CLIENT_ID: z.string().optional(),
    OIDC_CLIENT_SECRET: z.string().optional(),

    SIGHTLINE_INIT_EMAIL: z.email().optional(),
    SIGHTLINE_INIT_PASSWORD: z.string().min(8).max(256).optional(),
    SIGHTLINE_INIT_USERNAME: z.string().optional(),
    SIGHTLINE_INIT_API_KEY: z.string().regex(platformKeyPattern, 'expected ul_ and 40 hexadecimal digits').optional(),
    SIGHTLINE_INIT_PLAN: z.enum(['free', 'pro', 'enterprise']).default('free'),
  })
  .refine(({ SIGHTLINE_URL, NEXTAUTH_URL }) => isSameOrigin(SIGHTLINE_URL, NEXTAUTH_URL), {
    path: ['NEXTAUTH_URL'],
    error: 'expected the origin of SIGHTLINE_URL, or none: one of the two is enough',
  });

export type Environment = z.infer<typeof environmentSchema>;

/** The names of all variables, for `.env.example`'s test. */
export const environmentNames: readonly string[] = Object.keys(environmentSchema.shape);

/** Values of these may stand in no message and no log. */
const secretName = /SECRET|PASSWORD|KEY|TOKEN|_URL$/;

/** The environment, parsed once; every fault is listed at once so that one restart mends them all. */
export const env: Environment = parseEnvironment(process.env);

// next-auth takes the origin that lib/http/auth-handler.ts hands it with each request only where its own variable says so.
process.env.AUTH_TRUST_HOST = '1';

/**
 * Parses an environment; an empty value counts as none. Throws an `Error` that names every faulty variable, what was expected
 * and, unless it is a secret, what was found.
 */
export function parseEnvironment(source: Readonly<Record<string, string | undefined>>): Environment {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const parsed = environmentSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => {
    const name = issue.path.join('.');
    return `  ${name}: ${issue.message} (found ${secretName.test(name) ? 'another value' : JSON.stringify(source[name])})`;
  });
  throw new Error(`The environment cannot be used:\n${faults.join('\n')}`);
}

/** next-auth follows NEXTAUTH_URL, everything else SIGHTLINE_URL first: two addresses would break sign-in in ways hard to see. */
function isSameOrigin(first: string | undefined, second: string | undefined): boolean {
  return first === undefined || second === undefined || new URL(first).origin === new URL(second).origin;
}
