// A command as text that can be pasted into a shell, and how one failed. For people only: what runs is the argv itself (commands/command.ts).

import type { CommandResult } from '../commands/command'

const SAFE_WORD = /^[A-Za-z0-9_@%+=:,./-]+$/

export const quoteWord = (word: string): string => (SAFE_WORD.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)

export const explainArgv = (argv: readonly string[]): string => argv.map(quoteWord).join(' ')

/** With its standard input as a here-document, so that the whole step can be repeated by hand. */
export function explainCommand(command: {
  readonly argv: readonly string[]
  readonly stdin?: string
  readonly isPrivileged?: boolean
}): string {
  const line = explainArgv(command.argv)
  if (command.stdin === undefined || command.stdin === '') return line
  const mark = hereDocumentMark(command.stdin)
  const text = command.stdin.endsWith('\n') ? command.stdin : `${command.stdin}\n`
  return `${line} <<'${mark}'\n${text}${mark}`
}

function hereDocumentMark(text: string): string {
  const lines = new Set(text.split('\n'))
  let mark = 'EOF'
  while (lines.has(mark)) mark = `${mark}_`
  return mark
}

/** What a signal says beside its name, where an operator can do something about it. */
const SIGNALS: Readonly<Record<string, string>> = {
  SIGALRM: 'its own time-out: what it asked did not answer',
  SIGKILL: 'somebody, or a host without free memory, killed it',
  SIGSEGV: 'it crashed',
}

/** `failed with exit code 2`, `was ended by SIGALRM (its own time-out: …)` */
export function howItFailed({ exitCode, signal }: Pick<CommandResult, 'exitCode' | 'signal'>): string {
  if (exitCode !== null) return `failed with exit code ${exitCode}`
  const meaning = signal === undefined ? undefined : SIGNALS[signal]
  return `was ended by ${signal ?? 'an unknown signal'}${meaning ? ` (${meaning})` : ''}`
}
