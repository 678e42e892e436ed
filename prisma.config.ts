// Prisma's own tool is used for one thing, generating the client. Migrations are applied by scripts/migrate.ts, since the
// tool would need an engine that has to be downloaded.

import { defineConfig } from 'prisma/config'

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
})
