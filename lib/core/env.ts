import { z } from 'zod';

const environmentSchema = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('production'),
});

export type Environment = z.infer<typeof environmentSchema>;

/** The environment, parsed once; every fault is listed at once so that one restart mends them all. */
export const env: Environment = parseEnvironment(process.env);

/** Parses an environment. Throws an `Error` that names every faulty variable, what was expected and what was found. */
export function parseEnvironment(source: Readonly<Record<string, string | undefined>>): Environment {
  const parsed = environmentSchema.safeParse(source);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => {
    const name = issue.path.join('.');
    return `  ${name}: ${issue.message} (found ${JSON.stringify(source[name])})`;
  });
  throw new Error(`The environment cannot be used:\n${faults.join('\n')}`);
}
