import { env } from '@/lib/core/env';
import { prepare } from '@/lib/workers/prepare';

// The supervisor runs this before the others, in a process of its own: it needs most of the program, the supervisor little.
prepare(env).then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
