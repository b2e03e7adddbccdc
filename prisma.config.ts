import { defineConfig } from 'prisma/config'

// The native schema engine is a download that we never need: `generate` works without it,
// and migrations run on the WASM engine (src/storage/migrate.ts).
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath

export default defineConfig({ schema: 'prisma/schema.prisma', migrations: { path: 'prisma/migrations' } })
