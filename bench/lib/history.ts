// bench/history/NAME.jsonl: one line per kept run, so that a slow creep is seen. A line names commit and machine, because values
// of two machines cannot be compared; rival and floor of the same line can.

import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdirSync } from 'node:fs'
import { cpus } from 'node:os'
import type { BenchRow } from './bench'

const HISTORY = new URL('../history/', import.meta.url)

export function keepRows(name: string, rows: readonly BenchRow[]): void {
  mkdirSync(HISTORY, { recursive: true })
  const line = {
    at: new Date().toISOString(),
    commit: commit(),
    cpu: cpus()[0]?.model.trim() ?? '',
    cores: cpus().length,
    node: process.version,
    rows: rows.map(rounded),
  }
  appendFileSync(new URL(`${name}.jsonl`, HISTORY), `${JSON.stringify(line)}\n`)
}

/** With a `+` where something is not committed. */
function commit(): string {
  const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim()
  return `${git('rev-parse', '--short', 'HEAD')}${git('status', '--porcelain', '--untracked-files=no') === '' ? '' : '+'}`
}

export const rounded = (row: BenchRow): BenchRow => ({
  ...row,
  ours: round(row.ours),
  rival: row.rival === null ? null : round(row.rival),
  floor: row.floor === null ? null : round(row.floor),
})

const round = (value: number): number => Number(value.toPrecision(4))
