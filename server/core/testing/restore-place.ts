// Runs the scripts of a restore unit for real, with the programs of a host in front of the machine's own, which say what is there and keep
// what they are given.

import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface RestoreRun {
  readonly status: number | null
  /** What the scripts said. */
  readonly said: readonly string[]
  /** What the programs were called with, and what they read. */
  readonly kept: string
}

const KEEP = 'keep() { echo "$0" "$@" | sed "s,.*/,," >>"$JOURNAL"; cat >>"$JOURNAL"; }'

/** `programs`: name → shell, in which `keep "$@"` notes what it was called with and its input. */
export function restorePlace(files: Readonly<Record<string, string>>, programs: Readonly<Record<string, string>>) {
  const root = mkdtempSync(join(tmpdir(), 'tapline-restore-'))
  const [bin, run, journal] = [join(root, 'bin'), join(root, 'run'), join(root, 'journal')]
  for (const directory of [bin, run]) mkdirSync(directory)
  const here = (text: string) => text.replaceAll('/run/tapline', run).replace('PATH=', `PATH=${bin}:`)
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), here(text))
  for (const [name, text] of Object.entries(programs)) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${KEEP}\n${text}\n`)
    chmodSync(join(bin, name), 0o755)
  }
  return {
    run(argv: readonly string[], options: { readonly input?: string; readonly failed?: string } = {}): RestoreRun {
      rmSync(journal, { force: true })
      const env = { ...process.env, JOURNAL: journal, FAILED_STEPS: ` ${options.failed ?? ''} `, TMPDIR: root }
      const { status, stderr } = spawnSync('sh', argv, { cwd: root, input: options.input ?? '', encoding: 'utf8', env })
      return { status, said: stderr.split('\n').filter(Boolean), kept: existsSync(journal) ? readFileSync(journal, 'utf8') : '' }
    },
    read: (name: string) => readFileSync(join(run, name), 'utf8'),
    note: (name: string, text = '') => writeFileSync(join(run, name), text),
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
}
