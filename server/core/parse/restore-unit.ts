// The restore unit as the read script prints it, when there is one:
//
//   mark # tapline:host/cc000002-0000-4000-8000-000000000002
//   enabled
//   result 0 1790000000 14 steps
//   5ba93c9db0cff93f52b521d7420e43f6eda2784f  /etc/systemd/system/tapline-restore.service
//   da39a3ee5e6b4b0d3255bfef95601890afd80709  /var/lib/tapline/restore/current/steps.sh

import type { Unparsed } from '../host/observation'
import { RESTORE_DIRECTORY, RESTORE_UNIT, RESTORE_UNIT_FILE, type RestoreResult, type RestoreUnit } from '../host/restore-unit'
import { parseAlias } from '../naming'
import { notA, unparsed, type Parsed } from './parse-result'

const DIGEST_LINE = /^([0-9a-f]{40}) {2}(\/\S+)$/
const RESULT_LINE = /^result (\d{1,3}) (\d{1,12}) (.{1,500})$/
const FILE = new RegExp(`^${RESTORE_DIRECTORY}/current/([A-Za-z0-9._-]{1,100})$`)

export function parseRestoreUnit(text: string, section = 'restore'): Parsed<readonly RestoreUnit[]> {
  const lines = text.split('\n').filter((line) => line !== '')
  if (lines.length === 0) return { value: [], unparsed: [] }
  const digests: Record<string, string> = {}
  const rest: Unparsed[] = []
  let [mark, isEnabled, lastResult]: [string, boolean, RestoreResult | null] = ['', false, null]
  for (const line of lines) {
    const file = digestOfFile(line)
    const result = parseResult(line)
    if (line.startsWith('mark ')) mark = line.slice('mark '.length)
    else if (line === 'enabled') isEnabled = true
    else if (result) lastResult = result
    else if (file) digests[file.name] = file.digest
    else rest.push(unparsed(section, line, notA('restore-line')))
  }
  return { value: [{ owner: parseAlias(mark.replace(/^# /, '')), isEnabled, digests, lastResult }], unparsed: rest }
}

/** The unit that systemd reads counts, not the copy of it beside the steps. */
function digestOfFile(line: string): { readonly name: string; readonly digest: string } | null {
  const [, digest, path = ''] = DIGEST_LINE.exec(line) ?? []
  const name = path === RESTORE_UNIT_FILE ? RESTORE_UNIT : FILE.exec(path)?.[1]
  return digest && name ? { name, digest } : null
}

function parseResult(line: string): RestoreResult | null {
  const [, exitCode, seconds, text] = RESULT_LINE.exec(line) ?? []
  return text === undefined ? null : { exitCode: Number(exitCode), finishedAt: new Date(Number(seconds) * 1000).toISOString(), text }
}
