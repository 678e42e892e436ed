// Tells sudo's own refusal from a failure of the command behind it, and says what to put where. Both end with exit code
// 1, so sudo is known by its words; they are English because the launch script sets LC_ALL=C, which sudo lets through.

import { AppError } from '@/server/core/app-error'
import type { CommandResult } from '@/server/core/commands/command'

/** Sample lines: sudo 1.8 to 1.9 plugins/sudoers, and sudo-rs. */
const REFUSALS: readonly { readonly pattern: RegExp; readonly kind: 'rights' | 'terminal' | 'missing' }[] = [
  { pattern: /^sudo: a password is required/m, kind: 'rights' },
  { pattern: /^sudo: a terminal is required to (read the password|authenticate)/m, kind: 'rights' },
  { pattern: /^sudo: no tty present and no askpass program specified/m, kind: 'rights' },
  { pattern: /^sudo: interactive authentication is required/m, kind: 'rights' },
  { pattern: /^\S+ is not in the sudoers file/m, kind: 'rights' },
  { pattern: /^Sorry, user \S+ (is not allowed to execute|may not run sudo)/m, kind: 'rights' },
  { pattern: /^(sudo: )?I'm sorry \S+ I'm afraid I can't do that/m, kind: 'rights' },
  { pattern: /^sudo: sorry, you must have a tty to run sudo/m, kind: 'terminal' },
  { pattern: /exec: sudo: not found$/m, kind: 'missing' },
]

/** The refusal in a failed result, or null when sudo did its part. */
export function findSudoRefusal(result: CommandResult, user: string): AppError | null {
  if (result.exitCode !== 1 && result.exitCode !== 127) return null
  const refusal = REFUSALS.find(({ pattern }) => pattern.test(result.stderr))
  if (refusal === undefined) return null
  const { host, argv, exitCode, stderr } = result
  // Without sudo there is no file to put a line into.
  const remedy = refusal.kind === 'missing' ? {} : { sudoersLine: sudoersLine(refusal.kind, user) }
  const context = { host, argv, exitCode, stderr: stderr.slice(0, 1000), ...remedy }
  return new AppError('sudo_refused', `${host}: ${sentence(refusal.kind, user)}`, context)
}

function sentence(kind: (typeof REFUSALS)[number]['kind'], user: string): string {
  if (kind === 'missing') return `sudo is not installed. Install it, or log in as root instead of ${user}.`
  const problem = kind === 'terminal' ? 'insists on a terminal for' : 'does not let'
  const verb = kind === 'terminal' ? '' : ' act as root without a password'
  return `sudo ${problem} ${user}${verb}. Put this line into /etc/sudoers.d/tapline with visudo: ${sudoersLine(kind, user)}`
}

function sudoersLine(kind: (typeof REFUSALS)[number]['kind'], user: string): string {
  return kind === 'terminal' ? `Defaults:${user} !requiretty` : `${user} ALL=(root) NOPASSWD: ALL`
}
