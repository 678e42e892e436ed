// npm run bench -- NAME [--json] [--record] [options of that bench]
//
// Every file bench/*.ts is a bench. --json prints nothing but the rows; --record keeps them in bench/history. Exit code 1 when a bar
// is not met.

import { existsSync, readdirSync } from 'node:fs'
import { ensurePackages, canInstall } from '@/scripts/debian-packages'
import type { Bench, BenchRow } from './bench'
import { keepRows, rounded } from './history'
import { printRows } from './print-rows'

const [name, ...rest] = process.argv.slice(2)
const flags = new Set(rest)
const ours = ['--json', '--record']

const names = readdirSync(new URL('..', import.meta.url)).flatMap((file) => /^([a-z-]+)\.ts$/.exec(file)?.[1] ?? [])
if (name === undefined || !names.includes(name)) {
  console.error(
    `npm run bench -- NAME [--json] [--record]\n\n${(await Promise.all(names.map(async (each) => `  ${each.padEnd(16)}${(await load(each)).about}`))).join('\n')}`,
  )
  process.exit(name === undefined ? 0 : 2)
}

const bench = await load(name)
prepare(bench)
const rows: readonly BenchRow[] = (await bench.run(rest.filter((arg) => !ours.includes(arg)))).map((row) => rounded({ name, ...row }))
console.log(flags.has('--json') ? JSON.stringify(rows, null, 1) : printRows(rows))
if (flags.has('--record')) keepRows(name, rows)
process.exit(rows.some((row) => row.ok === false) ? 1 : 0)

async function load(each: string): Promise<Bench> {
  const { bench }: { bench: Bench } = await import(`../${each}.ts`)
  return bench
}

function prepare({ needs }: Bench): void {
  const missing = needs.filter((need) => !existsSync(need.probe))
  if (missing.length === 0) return
  if (!canInstall()) {
    console.error(`missing Debian packages: ${missing.map((need) => `${need.package} (${need.why})`).join(', ')}`)
    process.exit(2)
  }
  ensurePackages(missing, (line) => console.error(line))
}
