import { defineConfig } from 'drizzle-kit';

/** For `npm run migrations`, which writes the SQL that leads from the last migration to the tables as they are now. */
export default defineConfig({
  dialect: 'postgresql',
  schema: ['./lib/domain/*/tables.ts', './lib/platform/*/tables.ts'],
  // scripts/check-migrations.mjs has it written to a copy.
  out: process.env.MIGRATIONS_FOLDER ?? './lib/platform/db/migrations',
  // As in lib/platform/db/database.ts.
  casing: 'snake_case',
});
