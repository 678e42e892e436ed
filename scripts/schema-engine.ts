// Prisma's schema engine as WebAssembly, started by hand: its package expects a bundler that can import .wasm, and the
// native engine cannot be fetched on closed networks.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { PrismaLibSql } from '@prisma/adapter-libsql'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg'

const require = createRequire(import.meta.url)
const IMPORT_NAME = './schema_engine_bg.js'
const noFilters = { externalTables: [], externalEnums: [] }

export type SchemaEngine = bindings.SchemaEngine

let isLoaded = false

async function loadWasm(): Promise<void> {
  if (isLoaded) return
  const wasmPath = require.resolve('@prisma/schema-engine-wasm/schema_engine_bg').replace(/\.js$/, '.wasm')
  const imports = { [IMPORT_NAME]: bindings as unknown as WebAssembly.ModuleImports }
  const { instance } = await WebAssembly.instantiate(readFileSync(wasmPath), imports)
  bindings.__wbg_set_wasm(instance.exports)
  const start = instance.exports['__wbindgen_start']
  if (typeof start === 'function') start()
  isLoaded = true
}

export async function openSchemaEngine(databaseUrl: string, schema: string): Promise<SchemaEngine> {
  await loadWasm()
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaLibSql({ url: databaseUrl }))
  return bindings.SchemaEngine.new({ datamodels: [['schema.prisma', schema]] }, () => {}, adapter)
}

export function applyMigrations(engine: SchemaEngine, migrationsList: bindings.MigrationList): Promise<string[]> {
  return engine.applyMigrations({ migrationsList, filters: noFilters }).then((result) => result.appliedMigrationNames)
}

/**
 * SQL from the tables the database has to what the schema says; '' when they agree. Comparing with the live database
 * avoids Prisma's shadow database, which libSQL would keep in memory and forget with every transaction.
 */
export async function diffSchema(engine: SchemaEngine, schema: string): Promise<string> {
  const files = [{ path: 'schema.prisma', content: schema }]
  const result = await engine.diff({
    from: { tag: 'schemaDatasource', files, configDir: '.' },
    to: { tag: 'schemaDatamodel', files },
    script: true,
    exitCode: true,
    filters: noFilters,
  })
  return result.exitCode === 0 ? '' : (result.stdout ?? '')
}
