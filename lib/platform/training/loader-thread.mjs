// What a thread that makes batches begins with: the product is TypeScript, and a thread does not inherit its parent's compiler.
import { fileURLToPath } from 'node:url';
import { register } from 'tsx/esm/api';

register({ tsconfig: fileURLToPath(new URL('../../../tsconfig.json', import.meta.url)) });
await import('./loader-thread.ts');
