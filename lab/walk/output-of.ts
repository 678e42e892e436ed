// What a command on a lab host prints; throws when it fails.

import { labExec } from '../lab'

const TIMEOUT_MS = 300_000

export async function outputOf(lab: string, host: string, argv: readonly string[], stdin?: string): Promise<string> {
  const { code, stdout, stderr } = await labExec(lab, host, argv, { stdin, timeoutMs: TIMEOUT_MS })
  if (code !== 0) throw new Error(`${host}: ${argv.join(' ').slice(0, 200)}: ${stderr}`)
  return stdout
}
